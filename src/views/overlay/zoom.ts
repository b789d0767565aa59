import { type Fit, fitFrame } from './fit.ts';

/** How much of a picture is seen, and which part of it. */
export interface Zoom {
  /** How much larger than the whole picture fitted in; from 1 to {@link MOST_ZOOM}. */
  readonly factor: number;
  /** What is in the middle, as shares of the picture's width and height. */
  readonly x: number;
  readonly y: number;
}

/** All of the picture. */
export const WHOLE: Zoom = { factor: 1, x: 0.5, y: 0.5 };
export const MOST_ZOOM = 16;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How a frame lies on the stage: fitted in, then zoomed. No side of the stage is empty that the picture could cover. */
export function zoomedFit(frame: Size, stage: Size, { factor, x, y }: Zoom): Fit {
  const scale = fitFrame(frame.width, frame.height, stage.width, stage.height).scale * factor;
  const along = (share: number, length: number, room: number): number => {
    const own = length * scale;
    if (own <= room) return (room - own) / 2;
    return Math.min(0, Math.max(room - own, room / 2 - share * own));
  };
  return {
    scale,
    left: along(x, frame.width, stage.width),
    top: along(y, frame.height, stage.height),
  };
}

/**
 * Larger by a factor, or smaller, with what is at a place of the stage staying there.
 *
 * @param at in the stage's unit
 */
export function zoomAt(zoom: Zoom, by: number, at: { x: number; y: number }, frame: Size, stage: Size): Zoom {
  const factor = Math.min(MOST_ZOOM, Math.max(1, zoom.factor * by));
  if (factor === 1) return WHOLE;
  const before = zoomedFit(frame, stage, zoom);
  const scale = (before.scale / zoom.factor) * factor;
  const middle = (place: number, start: number, room: number, length: number): number =>
    ((place - start) / before.scale + (room / 2 - place) / scale) / length;
  return held(
    {
      factor,
      x: middle(at.x, before.left, stage.width, frame.width),
      y: middle(at.y, before.top, stage.height, frame.height),
    },
    frame,
    stage,
  );
}

/** Moved by a way on the stage, in its unit. */
export function panBy(zoom: Zoom, dx: number, dy: number, frame: Size, stage: Size): Zoom {
  const { scale } = zoomedFit(frame, stage, zoom);
  const { factor, x, y } = held(zoom, frame, stage);
  return held({ factor, x: x - dx / scale / frame.width, y: y - dy / scale / frame.height }, frame, stage);
}

/** With that in the middle which really is, at the picture's edges. */
function held(zoom: Zoom, frame: Size, stage: Size): Zoom {
  const { scale, left, top } = zoomedFit(frame, stage, zoom);
  return {
    factor: zoom.factor,
    x: (stage.width / 2 - left) / scale / frame.width,
    y: (stage.height / 2 - top) / scale / frame.height,
  };
}
