import type { PicturePoint } from '../../motion/kinematics/angle-corner.ts';

/** A sector of a circle in pixels of the canvas. */
export interface Wedge {
  readonly at: PicturePoint;
  readonly radius: number;
  /** Radians from +x towards +y, which is down. */
  readonly start: number;
  /** Radians, −π to π: the shorter way from one line to the other. */
  readonly sweep: number;
}

/** A rectangle in pixels of the canvas. */
export interface LabelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The wedge's radius as a share of its shorter line, and its bounds in widths of a limb's line. */
const RADIUS_SHARE = 0.4;
const LEAST_RADIUS = 3;
const MOST_RADIUS = 14;

/** The wedge at a joint between the lines to two places, all in pixels of the canvas. */
export function wedgeBetween(
  from: PicturePoint,
  at: PicturePoint,
  to: PicturePoint,
  lineWidth: number,
): Wedge {
  const start = Math.atan2(from.y - at.y, from.x - at.x);
  const end = Math.atan2(to.y - at.y, to.x - at.x);
  const shorter = Math.min(Math.hypot(from.x - at.x, from.y - at.y), Math.hypot(to.x - at.x, to.y - at.y));
  return {
    at,
    radius: Math.min(MOST_RADIUS * lineWidth, Math.max(LEAST_RADIUS * lineWidth, RADIUS_SHARE * shorter)),
    start,
    sweep: Math.atan2(Math.sin(end - start), Math.cos(end - start)),
  };
}

interface Labelled {
  readonly wedge: Wedge;
  readonly width: number;
  /** On which side of the wedge its label stands: always the same, so that it doesn't jump as the joint turns. */
  readonly isRightOf: boolean;
}

/**
 * Where numbers stand beside their wedges, in the order given: just outside, and below another one that is in the way.
 *
 * @param height of each label in pixels of the canvas  @param gap to the wedge and to other labels
 */
export function placeLabels(labelled: readonly Labelled[], height: number, gap: number): LabelBox[] {
  const placed: LabelBox[] = [];
  for (const { wedge, width, isRightOf } of labelled) {
    const reach = reachOf(wedge, isRightOf ? 1 : -1);
    const x = isRightOf ? wedge.at.x + reach + gap : wedge.at.x - reach - gap - width;
    let y = wedge.at.y - height / 2;
    // From the top down: whoever was moved below one label may be in the way of the next.
    for (const other of [...placed].sort((a, b) => a.y - b.y)) {
      const isBeside = x + width + gap <= other.x || other.x + other.width + gap <= x;
      const isClear = y + height + gap <= other.y || other.y + other.height + gap <= y;
      if (!isBeside && !isClear) y = other.y + other.height + gap;
    }
    placed.push({ x, y, width, height });
  }
  return placed;
}

/** How far the wedge reaches from its joint along +x or −x, in pixels. */
function reachOf({ radius, start, sweep }: Wedge, direction: 1 | -1): number {
  // The circle's own end on that side, where it is part of the wedge.
  const outermost = direction === 1 ? 0 : Math.PI;
  const turn = Math.atan2(Math.sin(outermost - start), Math.cos(outermost - start));
  const isInside = turn * sweep >= 0 && Math.abs(turn) <= Math.abs(sweep);
  if (isInside) return radius;
  return radius * Math.max(0, direction * Math.cos(start), direction * Math.cos(start + sweep));
}
