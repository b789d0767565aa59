import { between, choose, createRandom, type Random } from '../../core/numbers/random.ts';

/** Lengths in metres, radii in metres, colours as 0xRRGGBB. */
export interface BodyPlan {
  readonly height: number;
  readonly shoulderHalf: number;
  readonly hipHalf: number;
  readonly torso: number;
  readonly neck: number;
  readonly headRadius: number;
  readonly upperArm: number;
  readonly forearm: number;
  readonly hand: number;
  readonly thigh: number;
  readonly shank: number;
  readonly ankleHeight: number;
  readonly foot: number;
  /** 1: average; scales all girths. */
  readonly girth: number;
  readonly skin: number;
  readonly hair: number;
  readonly shirt: number;
  readonly trousers: number;
  readonly shoes: number;
  readonly hasLongSleeves: boolean;
  readonly hasShorts: boolean;
  readonly hasLongHair: boolean;
}

const SKINS = [0xf1c9a5, 0xe0ac86, 0xc68a5f, 0x9c6a44, 0x70482c];
const HAIRS = [0x20180f, 0x3b2417, 0x6a4524, 0x8d8d8d, 0xb58a4a];
const SHIRTS = [0xc2453d, 0x2f6db5, 0x2e8b57, 0xd9a441, 0x7a4fa3, 0xe8e6df, 0x394150];
const TROUSERS = [0x26324a, 0x4a4038, 0x5c6670, 0x1f2326, 0x6b5a3e];
const SHOES = [0x1b1b1e, 0xf0f0ee, 0x7b3f2a, 0x3a5a78];

/**
 * A body by seed. Segment lengths are shares of the standing height after Drillis and Contini (in Winter,
 * "Biomechanics and Motor Control of Human Movement", figure 4.1), varied by a few per cent.
 */
export function createBodyPlan(seed: number): BodyPlan {
  const random = createRandom(seed * 7919 + 17);
  const height = between(random, 1.6, 1.86);
  const vary = (share: number): number => share * height * between(random, 0.97, 1.03);
  return {
    height,
    shoulderHalf: vary(0.109),
    hipHalf: vary(0.058),
    torso: vary(0.288),
    neck: vary(0.052),
    headRadius: vary(0.068),
    upperArm: vary(0.172),
    forearm: vary(0.152),
    hand: vary(0.108),
    thigh: vary(0.24),
    shank: vary(0.242),
    ankleHeight: vary(0.043),
    foot: vary(0.145),
    girth: between(random, 0.9, 1.15),
    ...chooseLook(random),
  };
}

function chooseLook(random: Random) {
  return {
    skin: choose(random, SKINS),
    hair: choose(random, HAIRS),
    shirt: choose(random, SHIRTS),
    trousers: choose(random, TROUSERS),
    shoes: choose(random, SHOES),
    hasLongSleeves: random() < 0.4,
    hasShorts: random() < 0.3,
    hasLongHair: random() < 0.4,
  };
}
