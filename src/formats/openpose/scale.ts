import type { RecordingInfo } from '../../core/recording.ts';
import { describeSupposedSize, kindOfCoordinates, rangeOf, SUPPOSED_SIZE } from '../reading/shares.ts';
import type { OpenPoseFrame } from './document.ts';
import type { ToPixels } from './person.ts';

export interface CoordinateScale {
  /** Of the recording's frames in pixels; `null`: no file says it. */
  readonly size: Pick<RecordingInfo, 'width' | 'height' | 'sizeFrom'> | null;
  readonly notes: readonly string[];
  toPixels(frame: OpenPoseFrame): ToPixels;
  /** A frame's own size where it differs from the recording's. */
  ownSizeOf(frame: OpenPoseFrame): Size | null;
}

type Size = NonNullable<OpenPoseFrame['canvas']>;

/**
 * What coordinates are: pixels, or shares of the picture's size, as ControlNet writes them beside its `canvas_width` and
 * `canvas_height`, and OpenPose with `--keypoint_scale`: 3 is x / (width − 1), 4 is 2x / (width − 1) − 1
 * (openpose, src/openpose/core/keypointScaler.cpp).
 *
 * @param arePictures each frame keeps the size of its canvas; frames of a video are brought to that of the first
 */
export function findScale(frames: readonly OpenPoseFrame[], arePictures: boolean): CoordinateScale {
  const kind = kindOfCoordinates(inPicture(frames));
  const areShares = kind !== 'pixels';
  const [first] = frames;
  const canvas = first?.canvas && frames.every(({ canvas: each }) => each) ? first.canvas : null;
  if (canvas) return scaleOfCanvas(frames, canvas, { areShares, arePictures });
  const ownSizeOf = (): null => null;
  if (!areShares) return { size: null, notes: [], toPixels: () => (value) => value, ownSizeOf };
  const isFromZero = kind === 'shares from 0';
  const { width, height } = SUPPOSED_SIZE;
  return {
    size: { width, height, sizeFrom: 'shares' },
    notes: [describeSupposedSize(isFromZero ? '0 to 1 (keypoint_scale 3)' : '−1 to 1 (keypoint_scale 4)')],
    toPixels: () => (value, axis) => {
      const last = (axis === 'x' ? width : height) - 1;
      return isFromZero ? value * last : ((value + 1) / 2) * last;
    },
    ownSizeOf,
  };
}

function scaleOfCanvas(
  frames: readonly OpenPoseFrame[],
  canvas: Size,
  { areShares, arePictures }: { readonly areShares: boolean; readonly arePictures: boolean },
): CoordinateScale {
  const ownSizeOf = ({ canvas: own }: OpenPoseFrame): Size | null =>
    own && (own.width !== canvas.width || own.height !== canvas.height) ? own : null;
  const differ = frames.some(ownSizeOf);
  const notes: string[] = [];
  if (areShares) notes.push('Coordinates are shares of the canvas: they were brought to its pixels.');
  if (differ && !arePictures) {
    notes.push(
      `The frames’ canvases differ in size: coordinates were brought to the first one’s, ${canvas.width} × ${canvas.height} pixels.`,
    );
  }
  return {
    size: canvas,
    notes,
    toPixels: (frame) => {
      const own = ownSizeOf(frame) ?? canvas;
      const wanted = arePictures ? own : canvas;
      const given = areShares ? { width: 1, height: 1 } : own;
      const [x, y] = [wanted.width / given.width, wanted.height / given.height];
      return (value, axis) => value * (axis === 'x' ? x : y);
    },
    ownSizeOf: (frame) => (arePictures ? ownSizeOf(frame) : null),
  };
}

/** Of all coordinates in the picture that are there. */
const inPicture = (frames: readonly OpenPoseFrame[]) =>
  rangeOf(
    frames.flatMap(({ people }) =>
      people.flatMap(({ body, face, leftHand, rightHand }) => [body, face, leftHand, rightHand]),
    ),
  );
