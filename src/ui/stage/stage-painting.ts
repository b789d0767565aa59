import { shownAngles } from '../../app/measure/shown-angles.ts';
import type { Session } from '../../app/session.ts';
import { lineWeight } from '../../app/settings.ts';
import type { StageContent, StageOptions } from '../../views/overlay/stage-view.ts';
import { labelledMeasures } from '../controls/measure-label.ts';
import { placeOfJoint } from './joints.ts';

/** What is on the stage now: the picture, its people, and what is laid over them. */
export function stageContent({ state, staged, xray }: Session): StageContent {
  const { shown } = state;
  const joint = state.selected.peek();
  const seen = xray.sight.peek();
  // Of another file, it is still to be looked at.
  const sight = seen && seen.source === state.source.peek() ? seen : null;
  const showsXray = state.settings.peek().xray && sight !== null;
  return {
    ...shown,
    ...(sight && { image: sight.picture }),
    others: state.comparison.peek()?.layout === 'over' ? staged.comparison.peopleAt(shown.time) : null,
    map: sight?.map ?? null,
    xray: showsXray ? sight.explanation : null,
    // The X-ray draws what was found by itself.
    ...(showsXray && { people: [] }),
    marked: joint && placeOfJoint(shown.people, joint),
  };
}

/** How it is drawn. */
export function stageOptions({ state, staged }: Session): StageOptions {
  const options = state.settings.peek();
  return {
    threshold: options.threshold,
    weight: lineWeight(options),
    names: state.names.peek(),
    hidden: state.hidden.peek(),
    showsAllJoints: state.isEditing.peek(),
    opacity: options.opacity,
    scheme: options.colors,
    showIds: options.ids,
    showSkeletons: options.skeleton,
    showMasks: options.masks,
    showPicture: options.picture,
    isMirrored: state.isMirrored.peek(),
    followedId: state.followedId.peek(),
    measures: labelledMeasures(staged.ruler.state.peek()),
    angles: shownAngles(state),
  };
}
