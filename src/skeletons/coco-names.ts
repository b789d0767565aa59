import { coco17 } from './sets/coco.ts';

/** Where COCO's 17 keypoints stand in a list of keypoints with names. */
export interface CocoPlaces {
  /** By COCO's keypoint, its position in the list; `null`: the list hasn't got it. */
  readonly places: readonly (number | null)[];
  /** Names in the list that COCO hasn't got. */
  readonly others: readonly string[];
}

/** COCO's keypoints are at their own places. */
export const OWN_PLACES: readonly (number | null)[] = coco17.keypoints.map((_, i) => i);

/** Fewer than these, without both shoulders or both hips, are no body. */
const LEAST_OF_A_BODY = 6;
/** Keypoints that people haven't got: of the animals of AP-10K, of vehicles and of faces without bodies there are such sets, too. */
const NOT_HUMAN = /\b(tail|paws?|hoofs?|hooves|wings?|withers|beak|fin)\b/;
/** Human3.6M calls ankles feet; in sets without these joints of its own, a foot may be anything. */
const HUMAN36M = /\b(thorax|spine|root|pelvis)\b/;
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['sho', 'shoulder'],
  ['elb', 'elbow'],
  ['wri', 'wrist'],
  ['kne', 'knee'],
  ['ank', 'ankle'],
  ['l', 'left'],
  ['r', 'right'],
]);
const SIDED = /^(l|r|left|right)(eye|ear|sho|shoulder|elb|elbow|wri|wrist|hip|kne|knee|ank|ankle|foot)$/;

/** Finds COCO's keypoints by their names, however these are spelt; `null`: they are not those of a person. */
export function findCocoPlaces(names: readonly string[]): CocoPlaces | null {
  const words = names.map(toWords);
  if (words.some((name) => NOT_HUMAN.test(name))) return null;
  const isHuman36m =
    words.some((name) => HUMAN36M.test(name)) && !words.some((name) => name.includes('ankle'));
  const known = words.map((name) => (isHuman36m ? name.replace('foot', 'ankle') : name).replace(' ', '_'));
  const places = coco17.keypoints.map((name) => {
    const at = known.indexOf(name);
    return at < 0 ? null : at;
  });
  const has = (name: (typeof coco17.keypoints)[number]): boolean => known.includes(name);
  const hasTrunk = (has('left_shoulder') && has('right_shoulder')) || (has('left_hip') && has('right_hip'));
  const found = new Set(places.filter((at) => at !== null));
  if (found.size < LEAST_OF_A_BODY || !hasTrunk) return null;
  return { places, others: names.filter((_, at) => !found.has(at)) };
}

/** `LShoulder`, `shoulder.L`, `l_sho`, `Left Shoulder` → `left shoulder`: the side first, in whole words. */
function toWords(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/^([LR])([A-Z])/, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .flatMap((word) => SIDED.exec(word)?.slice(1) ?? [word])
    .filter((word) => word !== '')
    .map((word) => SHORT_NAMES.get(word) ?? word);
  const side = words.find((word) => word === 'left' || word === 'right');
  return [...(side ? [side] : []), ...words.filter((word) => word !== side)].join(' ');
}
