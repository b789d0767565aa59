import { Color, SRGBColorSpace } from 'three';
import type { KeypointSetId } from '../../../core/pose.ts';
import { skeletonOf } from '../../../skeletons/registry.ts';
import { type ColorScheme, limbColor, personColor, type Rgb } from '../../style.ts';
import type { FigurePart } from './figure-plan.ts';

const LEFT: Rgb = [56, 165, 255];
const RIGHT: Rgb = [255, 154, 61];
const MIDDLE: Rgb = [230, 235, 242];
const JOINT: Rgb = [240, 240, 238];
/** How much of a joint's colour is that of all joints, where people have one colour each. */
const JOINT_PALENESS = 0.55;
/** How much of a second body's colour is pale: another 3-D of the same person. */
const SECOND_PALENESS = 0.4;
const PALE = new Color(0.45, 0.5, 0.58);

/** Whose part it is, beside whom. */
export interface FigureOwner {
  readonly id: number;
  /** There are others: trunks and heads say who is who. */
  readonly hasOthers: boolean;
  readonly isSecond: boolean;
}

/** The colours of a figure. What is given back is overwritten by the next call. */
export class FigureColors {
  readonly #color = new Color();
  readonly #other = new Color();

  part(part: FigurePart, set: KeypointSetId, scheme: ColorScheme, owner: FigureOwner): Color {
    return this.#finish(partColor(part, set, scheme, owner), owner);
  }

  mainJoint(scheme: ColorScheme, { id, hasOthers, isSecond }: FigureOwner): Color {
    put(this.#color, JOINT);
    if (scheme === 'people' || hasOthers) {
      this.#color.lerp(put(this.#other, personColor(id)), 1 - JOINT_PALENESS);
    }
    return isSecond ? this.#color.lerp(PALE, SECOND_PALENESS) : this.#color;
  }

  head(scheme: ColorScheme, owner: FigureOwner): Color {
    const isTheirs = scheme === 'people' || owner.hasOthers;
    return this.#finish(isTheirs ? personColor(owner.id) : MIDDLE, owner);
  }

  #finish(color: Rgb, { isSecond }: FigureOwner): Color {
    put(this.#color, color);
    return isSecond ? this.#color.lerp(PALE, SECOND_PALENESS) : this.#color;
  }
}

function put(target: Color, [red, green, blue]: Rgb): Color {
  return target.setRGB(red / 255, green / 255, blue / 255, SRGBColorSpace);
}

function partColor(part: FigurePart, set: KeypointSetId, scheme: ColorScheme, owner: FigureOwner): Rgb {
  if (scheme === 'people') return personColor(owner.id);
  if (set === 'hand-21' || scheme === 'openpose')
    return limbColor(part, set, skeletonOf(set).keypoints, scheme);
  if (part.side === 'middle') return owner.hasOthers ? personColor(owner.id) : MIDDLE;
  return part.side === 'left' ? LEFT : RIGHT;
}
