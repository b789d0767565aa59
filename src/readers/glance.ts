import { strFromU8 } from 'fflate';

/** Keys that only files of keypoints have, in JSON of any writer. */
const KEYPOINT_KEYS =
  /"(people|pose_keypoints(_2d|_3d)?|keypoints|annotations|category_id|categories|licenses|person_id|part_candidates|skeletons?)"\s*:|limn-recording/;
const KEYPOINT_COLUMNS = /keypoint|(^|[,;\t"_])(nose|l?eft[_ ]?wrist|r?ight[_ ]?wrist)/i;
const KEYPOINT_ENDING = /\.(npz|npy|pose|trc)$/i;

/**
 * Is a file surely one of keypoints, or made to be one? A look at its beginning, for telling it from what lies beside other
 * files; whether it can be read, its reader says.
 *
 * @param head some kilobytes
 */
export function isSurelyKeypoints(head: Uint8Array, name: string): boolean {
  if (KEYPOINT_ENDING.test(name)) return true;
  const text = strFromU8(head, true);
  if (/\.(csv|tsv)$/i.test(name)) return KEYPOINT_COLUMNS.test(text.split('\n', 1)[0] ?? '');
  return KEYPOINT_KEYS.test(text);
}
