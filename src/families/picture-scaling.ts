/** How a network wants its picture: each number of 0 … 255 times `scale`, and `shift`. */
export interface PictureScaling {
  readonly order: 'bgr' | 'rgb';
  readonly scale: number;
  readonly shift: number;
}

/**
 * The scalings there are, by what they are known from: openpose, src/openpose/utilities/openCv.cpp;
 * tf-pose-estimation's MobileNets; those that were turned into TFLite; HyperPose, hyperpose/Model.
 */
export const pictureScalings = {
  caffe: { scale: 1 / 256, shift: -0.5 },
  signed: { scale: 1 / 127.5, shift: -1 },
  raw: { scale: 1, shift: 0 },
  unit: { scale: 1 / 255, shift: 0 },
} as const satisfies Readonly<Record<string, Omit<PictureScaling, 'order'>>>;

/** As people read it: `BGR, 0 … 255`. */
export function describeScaling({ order, scale, shift }: PictureScaling): string {
  return `${order.toUpperCase()}, ${describeRange(scale, shift)}`;
}

const WHITE = 255;

/** The numbers of black and white. Caffe's white is 0.496, and called 0.5. */
function describeRange(scale: number, shift: number): string {
  const round = (value: number): string =>
    String(Math.abs(value) < 10 ? Number(value.toPrecision(2)) : Math.round(value)).replace('-', '−');
  // A range stays on one line.
  return `${round(shift)}\u00a0…\u00a0${round(WHITE * scale + shift)}`;
}
