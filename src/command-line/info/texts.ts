import type { MediumFacts } from '../../sources/containers/describe-medium.ts';
import type { RecordingFacts } from './describe-keypoints.ts';

const KILO = 1000;
const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** As people say it: 12.3 kB. */
export function sizeInWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= KILO && unit < UNITS.length - 1; unit++) value /= KILO;
  return `${unit === 0 ? value : value.toPrecision(3)} ${UNITS[unit]}`;
}

export function recordingInWords(facts: RecordingFacts): string[] {
  const { frames, seconds, framesPerSecond, width, height, people, keypoints, isSpatial, models, engines } =
    facts;
  const rate = framesPerSecond === null ? '' : `, ${digits(framesPerSecond)} a second`;
  const who = people.map(({ id, name }) => (name === undefined ? `${id}` : `${id} (${name})`)).join(', ');
  const made = [models.join(', '), engines.join(', ')].filter((words) => words !== '').join(' on ');
  return [
    `${count(frames, 'frame', 'frames')}, ${digits(seconds)} s${rate}, ${width}×${height}`,
    people.length === 0 ? 'nobody' : `${count(people.length, 'person', 'people')}: ${who}`,
    ...(keypoints.length > 0 ? [`${keypoints.join(', ')}${isSpatial ? ', in space, too' : ''}`] : []),
    ...(made === '' ? [] : [made]),
    ...facts.processing,
    ...facts.notes,
  ];
}

export function mediumInWords(facts: MediumFacts): string[] {
  const { container, codec, width, height, seconds, framesPerSecond, hasSound } = facts;
  return [
    `${container}, ${codec}${hasSound ? ', with sound' : ''}`,
    `${digits(seconds)} s, ${digits(framesPerSecond)} frames a second, ${width}×${height}`,
  ];
}

/** Up to two digits behind the point. */
function digits(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function count(number: number, one: string, several: string): string {
  return `${number} ${number === 1 ? one : several}`;
}
