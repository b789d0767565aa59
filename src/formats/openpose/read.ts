import { addToGroup } from '../../core/groups.ts';
import { movePeaks } from '../../core/kept-pixels.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { type Person, POINT_STRIDE } from '../../core/pose.ts';
import {
  type OpenPoseExtras,
  Recording,
  type RecordingInfo,
  type TrackedFrame,
} from '../../core/recording.ts';
import { type KeypointLayout, openPoseLayouts } from '../../skeletons/keypoint-layouts.ts';
import { shapeOf } from '../json/json-scan.ts';
import type { RecordingReader } from '../reader.ts';
import { ASSUMED_FRAME_RATE, describeForeign, extentOf, SECONDS_PER_PICTURE } from '../reading/foreign.ts';
import { areFrameNumbers, parseFrameName } from '../reading/frame-numbers.ts';
import { describeOrder, findOrder } from '../reading/keypoint-order.ts';
import { Notes } from '../reading/notes.ts';
import type { PlaceOf } from '../reading/space.ts';
import { LONG_IDS, UniqueIds } from '../reading/unique-ids.ts';
import { isOpenPoseShape, type OpenPoseFrame, readOpenPoseDocument } from './document.ts';
import { type ToPixels, toPerson } from './person.ts';
import { findScale } from './scale.ts';

const FILE_NAME = /_keypoints\.json$/i;

/**
 * OpenPose's own JSON, and what others write in its form: folders of frame files, single ones, JSON Lines, lists. Files that
 * differ in more than a number are of several cameras or videos, and become as many recordings; the number is the frame's.
 */
export const openPoseReader: RecordingReader = {
  id: 'openpose',
  label: 'OpenPose JSON',
  recognizes(file) {
    const shape = shapeOf(file);
    return FILE_NAME.test(file.name) || (shape !== null && isOpenPoseShape(shape));
  },
  read: (files) => {
    const takes = toTakes(files);
    const names = takes.map(({ name }) => name.replace(/^.*[/\\]/, ''));
    return takes.map((take, i) => {
      const short = names[i] ?? take.name;
      // Folders tell those apart whose files have the same names.
      const isShared = names.filter((name) => name === short).length > 1;
      return toRecording(take, isShared ? take.name : short || 'OpenPose');
    });
  },
};

interface NumberedFrame extends OpenPoseFrame {
  readonly index: number;
  /** Of its picture, where every frame is one of its own. */
  readonly pictureName: string | null;
}

/** The frames of one camera or video, or pictures of all kinds. */
interface Take {
  /** With its folder. */
  readonly name: string;
  readonly frames: readonly NumberedFrame[];
  readonly arePictures: boolean;
  readonly note: string | null;
}

/** Frames in the order of their numbers, by camera or video; single ones of a folder are pictures that belong together. */
function toTakes(files: readonly NamedBytes[]): Take[] {
  const takes: Take[] = [];
  const singles = new Map<string, (readonly [OpenPoseFrame, isOfVideo: boolean, number: number | null])[]>();
  const pictures = new Map<string, OpenPoseFrame[]>();
  for (const file of files) {
    const frames = readOpenPoseDocument(file);
    const [only] = frames;
    if (frames.length === 1 && only && only.number === null) {
      const { take, number, isOfVideo } = parseFrameName(file.name);
      addToGroup(singles, take, [only, isOfVideo, number] as const);
      continue;
    }
    takes.push(
      numbered(file.name.replace(/\.[^./\\]*$/, ''), frames, {
        numberOf: (frame) => frame.number,
        otherwise: `The frames in ${file.name} have no usable numbers`,
      }),
    );
  }
  for (const [take, found] of singles) {
    const [first] = found;
    if (found.length === 1 && first && !first[1]) {
      const folder = take.replace(/[^/\\]*$/, '');
      addToGroup(pictures, folder, first[0]);
      continue;
    }
    const numbers = new Map(found.map(([frame, , number]) => [frame, number]));
    const frames = found.map(([frame]) => frame);
    takes.push(
      numbered(nameOfTake(take), frames, {
        numberOf: (frame) => numbers.get(frame) ?? null,
        otherwise: 'The files’ names have no usable numbers of frames in them',
      }),
    );
  }
  for (const [folder, found] of pictures) takes.push(toPictures(folder, found));
  return takes;
}

/** `cam1/dance_*` → `cam1/dance`; `cam1/*`, of frames that have no name but their number → `cam1`. */
function nameOfTake(take: string): string {
  return take.replace(/[_\-. ]*\*[_\-. ]*/, '').replace(/[/\\]$/, '');
}

/** @param otherwise what is said where numbers don't tell the frames apart */
function numbered(
  name: string,
  frames: readonly OpenPoseFrame[],
  {
    numberOf,
    otherwise,
  }: { readonly numberOf: (frame: OpenPoseFrame) => number | null; readonly otherwise: string },
): Take {
  const numbers = frames.map(numberOf);
  const hasNumbers = areFrameNumbers(numbers);
  return {
    name,
    frames: frames
      .map((frame, i) => ({ ...frame, index: hasNumbers ? (numbers[i] ?? i) : i, pictureName: null }))
      .sort((a, b) => a.index - b.index),
    arePictures: false,
    note: hasNumbers ? null : `${otherwise}: they are numbered as they come.`,
  };
}

function toPictures(folder: string, frames: readonly OpenPoseFrame[]): Take {
  const sorted = [...frames].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const stem = (frame: OpenPoseFrame): string =>
    frame.name.replace(/^.*[/\\]/, '').replace(/(_keypoints)?\.json$/i, '');
  const [only] = sorted;
  return {
    name: sorted.length === 1 && only ? `${folder}${stem(only)}` : folder.replace(/[/\\]$/, '') || 'OpenPose',
    frames: sorted.map((frame, index) => ({ ...frame, index, pictureName: stem(frame) })),
    arePictures: true,
    note:
      sorted.length === 1
        ? null
        : `The ${sorted.length} files are taken for single pictures, a second each, for their names have no numbers of frames of one video.`,
  };
}

function toRecording({ frames, arePictures, note }: Take, name: string): Recording {
  const notes = new Notes();
  if (note !== null) notes.say(note);
  const ids = new UniqueIds(frames.flatMap(({ people }) => people.map(({ id }) => id)));
  const scale = findScale(frames, arePictures);
  for (const each of scale.notes) notes.say(each);
  if (frames.some(({ animals }) => animals > 0)) notes.say('Animals are left out: Limn knows people only.');
  const layouts = findLayouts(frames, notes);
  const rate = arePictures ? 1 / SECONDS_PER_PICTURE : ASSUMED_FRAME_RATE;
  const tracked = frames.map((frame): TrackedFrame => {
    const openPose = extrasOf(frame, scale.toPixels(frame));
    return {
      index: frame.index,
      time: frame.index / rate,
      ...(frame.pictureName !== null && { name: frame.pictureName }),
      ...scale.ownSizeOf(frame),
      people: toPeople(frame, ids, { layouts, toPixels: scale.toPixels(frame), notes }),
      ...(openPose && { openPose }),
    };
  });
  if (ids.hasDoubles) {
    notes.say('Two people of one frame have the same id in the file: the second was given one of their own.');
  }
  if (ids.hasLong) notes.say(LONG_IDS);
  const hands = tracked.some(({ people }) => people.some(({ leftHand, rightHand }) => leftHand ?? rightHand));
  const info: RecordingInfo = describeForeign({
    name,
    model: 'openpose',
    hands,
    frameRate: rate,
    ...(scale.size ?? extentOf(tracked)),
  });
  return new Recording({ ...info, ...notes.info }, tracked);
}

/** What bodies of each number of keypoints are. */
function findLayouts(frames: readonly OpenPoseFrame[], notes: Notes): ReadonlyMap<number, KeypointLayout> {
  const bodies = new Map<number, PlaceOf[]>();
  for (const { people } of frames) {
    for (const { body } of people) {
      addToGroup(bodies, body.length / POINT_STRIDE, placesOf(body));
    }
  }
  const layouts = new Map(openPoseLayouts);
  for (const [count, own] of bodies) {
    const usual = layouts.get(count);
    const found = usual ? findOrder(usual, count, own) : null;
    if (!found || found === usual) continue;
    layouts.set(count, found);
    notes.say(describeOrder(found, count));
  }
  return layouts;
}

function placesOf(flat: readonly number[]): PlaceOf {
  return (keypoint) => {
    const [x = 0, y = 0, score = 0] = flat.slice(keypoint * POINT_STRIDE, (keypoint + 1) * POINT_STRIDE);
    return score > 0 && !Number.isNaN(x + y) ? [x, y, 0] : null;
  };
}

function toPeople(
  frame: OpenPoseFrame,
  ids: UniqueIds,
  {
    layouts,
    toPixels,
    notes,
  }: {
    readonly layouts: ReadonlyMap<number, KeypointLayout>;
    readonly toPixels: ToPixels;
    readonly notes: Notes;
  },
): Person[] {
  const isAnonymous = frame.people.every(({ id }) => id === null);
  const given = ids.ofFrame(frame.people.map(({ id }) => id));
  return frame.people.flatMap((found, i) => {
    const id = given[i] ?? i;
    const layoutOf = (count: number): KeypointLayout | undefined => layouts.get(count);
    const person = toPerson(found, id, { fileName: frame.name, layoutOf, toPixels, notes });
    if (!person) return [];
    const original = found.id ?? -1;
    const isKept =
      isAnonymous || original === id || typeof original !== 'number' || !Number.isSafeInteger(original);
    return isKept ? [person] : [{ ...person, extras: { ...person.extras, openPoseId: original } }];
  });
}

/** What there is beside the people and has to be written again; `null`: nothing. */
function extrasOf({ people, partCandidates }: OpenPoseFrame, toPixels: ToPixels): OpenPoseExtras | null {
  const isAnonymous = people.length > 0 && people.every(({ id }) => id === null);
  if (!isAnonymous && !partCandidates) return null;
  return {
    ...(isAnonymous && { isAnonymous }),
    ...(partCandidates && { partCandidates: movePeaks(partCandidates, toPixels) }),
  };
}
