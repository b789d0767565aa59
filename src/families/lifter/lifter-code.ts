import { LimnError } from '../../core/errors.ts';
import { readVideoPose3d } from '../../importers/pytorch/videopose3d.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { type FamilyCode, findOfKind, type GivenNetwork, measureFiles, ownId } from '../family-code.ts';
import type { ImportedLifter } from '../network.ts';
import { BUNDLED_LIFTER, LIFTER_KEYPOINTS } from './lifter-info.ts';

/** Networks of VideoPose3D's kind, out of PyTorch's checkpoints. `Lifter` runs them, for they see no pictures. */
export const lifterCode: FamilyCode = { build };

async function build({ files, model, description }: GivenNetwork): Promise<ImportedLifter | null> {
  const file = model ? null : findOfKind('checkpoint', files);
  if (!file) return null;
  const { label, isCausal } = description;
  const name = file.name.replace(/^.*\//, '');
  const network = readVideoPose3d(file.bytes, name, isCausal === undefined ? {} : { isCausal });
  const { receptiveField, jointsIn, jointsOut } = network;
  const [wantedIn, wantedOut] = [skeletonOf(LIFTER_KEYPOINTS), skeletonOf(BUNDLED_LIFTER.keypoints)];
  if (jointsIn !== wantedIn.keypoints.length || jointsOut !== wantedOut.keypoints.length) {
    throw new LimnError(
      `${name} makes ${jointsOut} joints of ${jointsIn} keypoints. Limn knows what they are of networks that make ${wantedOut.label} of ${wantedIn.label}, such as VideoPose3D's for Detectron.`,
    );
  }
  const record = await measureFiles([file]);
  return {
    kind: 'lifter',
    ...record,
    network,
    isCausal: network.isCausal,
    info: {
      ...BUNDLED_LIFTER,
      id: ownId(record.sha256),
      label: label ?? name,
      description: `Lifts 17 keypoints in 2-D to 17 joints in 3-D, from ${receptiveField} frames${network.isCausal ? ' of the past' : ''}; brought from a file`,
      origin: 'own',
      license: 'unknown',
      source: name,
    },
  };
}
