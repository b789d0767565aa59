import { LimnError } from '../../core/errors.ts';

/** What several pictures are taken for; `auto`: what their names say. */
export const PICTURE_MEANINGS = ['auto', 'sequence', 'single'] as const;

export interface PictureOptions {
  /** Are pictures single ones, or frames of a film? */
  readonly meaning: (typeof PICTURE_MEANINGS)[number];
  /** Numbers per second of numbered pictures, {@link LEAST_PICTURE_RATE} to {@link MOST_PICTURE_RATE}. */
  readonly rate: number;
}

/** As most cameras film, and what frames are mostly cut from. */
export const DEFAULT_PICTURE_OPTIONS: PictureOptions = { meaning: 'auto', rate: 30 };
/** A picture an hour, and what the fastest cameras film. */
export const LEAST_PICTURE_RATE = 1 / 3600;
export const MOST_PICTURE_RATE = 100_000;

/** Options with their defaults. @throws {LimnError} naming the option that isn't valid */
export function checkPictureOptions({
  pictures = DEFAULT_PICTURE_OPTIONS.meaning,
  pictureRate = DEFAULT_PICTURE_OPTIONS.rate,
}: {
  readonly pictures?: PictureOptions['meaning'];
  readonly pictureRate?: number;
}): PictureOptions {
  if (!PICTURE_MEANINGS.includes(pictures)) {
    throw new LimnError(
      `options.pictures is "${pictures}"; it must be one of ${PICTURE_MEANINGS.join(', ')}.`,
    );
  }
  if (!(pictureRate >= LEAST_PICTURE_RATE && pictureRate <= MOST_PICTURE_RATE)) {
    throw new LimnError(`options.pictureRate is ${pictureRate}; it must be pictures a second, above 0.`);
  }
  return { meaning: pictures, rate: pictureRate };
}
