import { strFromU8 } from 'fflate';
import type { NamedBytes } from '../../core/named-bytes.ts';

/** So much of a file says what it is. */
const HEAD_LENGTH = 8192;

/** JSON that other programs write, and that Limn doesn't read, as it stands in a sentence, and what is in it; the surest first. */
const KNOWN: readonly (readonly [label: string, ...patterns: readonly RegExp[]])[] = [
  ['Label Studio annotations', /"(annotations|completions)"\s*:/, /"result"\s*:\s*\[/],
  ['labelme annotations', /"shapes"\s*:/, /"(shape_type|imagePath)"\s*:/],
  ['VGG Image Annotator annotations', /"(shape_attributes|_via_img_metadata)"\s*:/],
  ['Supervisely annotations', /"(geometryType|classTitle)"\s*:/],
  ['a Datumaro data set', /"items"\s*:\s*\[/, /"(categories|dm_format_version)"\s*:/],
  ['a FiftyOne data set', /"samples"\s*:\s*\[/, /"filepath"\s*:/],
  // mmpose, `split_instances` and the demos' `--save-predictions`.
  ['MMPose predictions', /"(instance_info|keypoint_scores)"\s*:/],
  ['MMPose predictions', /"frame_id"\s*:/, /"instances"\s*:/],
  ['DeepLabCut keypoints', /"bodyparts"\s*:/],
  ['EasyMocap keypoints', /"(keypoints3d|annots)"\s*:/],
  // ultralytics, `Results.to_json`.
  ['Ultralytics results', /"keypoints"\s*:\s*\{\s*"x"\s*:\s*\[/],
  ['easy_ViTPose keypoints', /"keypoints"\s*:\s*\[\s*\{\s*"\d+"\s*:\s*\[/],
  // MediaPipe's solutions and tasks, in the spelling of its programs in JavaScript and in Python.
  ['MediaPipe landmarks', /"\w*landmarks"\s*:/i],
  ['MediaPipe landmarks', /^[\s[]*\{\s*"x"\s*:\s*[^,{}]+,\s*"y"\s*:\s*[^,{}]+,\s*"(z|visibility)"\s*:/],
  // tfjs-models, pose-detection and posenet; ml5; @vladmandic/human.
  [
    'poses as TensorFlow.js and ml5 give them',
    /"keypoints"\s*:\s*\[\s*\{\s*"(x|y|z|name|part|score|confidence|position)"\s*:/,
  ],
  ['PoseFlow tracks', /"keypoints"\s*:/, /"scores"\s*:/, /"idx"\s*:/],
  ['OpenPifPaf predictions', /"predictions"\s*:\s*\[/],
  ['OpenPifPaf predictions', /^\s*\[\s*\{\s*"keypoints"\s*:/, /"bbox"\s*:/, /"category_id"\s*:/],
  ['a Kinetics skeleton sequence (ST-GCN)', /"frame_index"\s*:/, /"skeleton"\s*:/],
  ['poses of animals', /"animals"\s*:/],
  ['OpenPose’s “people” inside other JSON', /"people"\s*:\s*\[/],
];

/** What a JSON file is that no reader knows; `null`: it isn't known either. */
export function findForeignJson({ bytes }: NamedBytes): string | null {
  const head = strFromU8(bytes.subarray(0, HEAD_LENGTH), true);
  if (!/^\s*[[{]/.test(head)) return null;
  return KNOWN.find(([, ...patterns]) => patterns.every((pattern) => pattern.test(head)))?.[0] ?? null;
}
