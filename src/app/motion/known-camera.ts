import type { RecordingInfo } from '../../core/recording.ts';
import { alongLongerSide } from '../../motion/placing/camera.ts';
import type { PlaceOptions } from '../../motion/placing/place.ts';
import type { PureStep } from '../../motion/steps.ts';
import { ACTOR_FIELD_OF_VIEW } from '../../sources/actor/actor-options.ts';

/** The step; where it places people and doesn't say how wide the camera sees, with what the source says of that. */
export function withKnownCamera(step: PureStep, info: RecordingInfo): PureStep {
  return step.kind === 'place' && step.fov === undefined ? { ...step, ...knownFieldOfView(info) } : step;
}

/** What the source itself says of its camera. */
function knownFieldOfView({ source, width, height }: RecordingInfo): Pick<PlaceOptions, 'fov' | 'knownFrom'> {
  if (source.kind === 'demo') {
    return { fov: alongLongerSide(ACTOR_FIELD_OF_VIEW, width, height), knownFrom: 'demo' };
  }
  return source.fieldOfView === undefined ? {} : { fov: source.fieldOfView, knownFrom: 'exif' };
}
