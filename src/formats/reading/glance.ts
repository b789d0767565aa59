import { strFromU8 } from 'fflate';
import { isJunkFile } from '../../core/texts/junk-files.ts';

/** Keys that only files of keypoints have, in JSON of any writer. */
const KEYPOINT_KEYS =
  /"(people|pose_keypoints(_2d|_3d)?|keypoints|annotations|category_id|categories|licenses|person_id|part_candidates|skeletons?)"\s*:|"images"\s*:\s*\[\s*\{[^{}]*"file_name"\s*:|limn-recording/;
const KEYPOINT_COLUMNS = /keypoint|(^|[,;\t"_])(nose|l?eft[_ ]?wrist|r?ight[_ ]?wrist)/i;
const KEYPOINT_ENDING = /\.(npz|npy|pose|trc)$/i;
/** Before each file of a ZIP. */
const LOCAL_HEADER = 'PK\x03\x04';
/** Of files in a ZIP, whose contents can't be looked at before it is unpacked. */
const ENDING_IN_ZIP = /\.(jsonl?|ndjson|csv|tsv|npz|npy|pose|trc)$/i;

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
  const names = namesInZip(text).filter((each) => !each.endsWith('/') && !isJunkFile(each));
  if (names.length > 0) return names.every((each) => ENDING_IN_ZIP.test(each));
  return KEYPOINT_KEYS.test(text);
}

/** Names in the local headers that the beginning of a ZIP holds (APPNOTE 4.3.7); none: it is no ZIP. */
function namesInZip(text: string): string[] {
  const [before, ...headers] = text.split(LOCAL_HEADER);
  if (before !== '') return [];
  return headers.map((header) => {
    const length = header.charCodeAt(22) + 256 * header.charCodeAt(23);
    return header.slice(26, 26 + length);
  });
}
