import { between, createRandom } from '../../core/numbers/random.ts';

/** Angles in radians; 0 everywhere: standing with hanging arms. */
export interface ArmAngles {
  /** Away from the body, sideways. */
  abduction: number;
  /** Forwards. */
  flexion: number;
  /** About the upper arm: positive turns the bent forearm up when the arm is out sideways. */
  rotation: number;
  elbow: number;
  /** About the forearm; 0: palm towards the thigh. */
  pronation: number;
  /** 0: straight fingers, 1: a fist. */
  curl: number;
  /** 0: fingers together, 1: wide. */
  spread: number;
}

export interface LegAngles {
  flexion: number;
  abduction: number;
  knee: number;
  /** Toes down. */
  ankle: number;
}

export interface Posture {
  /** Where the pelvis is over the floor, metres. */
  x: number;
  z: number;
  /** About the vertical; 0: towards the camera, positive: to the actor's left. */
  heading: number;
  /** Torso forwards. */
  lean: number;
  nod: number;
  left: { arm: ArmAngles; leg: LegAngles };
  right: { arm: ArmAngles; leg: LegAngles };
}

/** Where an actor stands and walks: between `home` and `away`, along x, at a depth of its own. */
export interface Stand {
  readonly homeX: number;
  readonly awayX: number;
  readonly z: number;
}

type MotionName = 'wave' | 'raise' | 'squat' | 'walkAway' | 'turn' | 'walkBack';

/** Seconds of each motion. */
const DURATIONS: Readonly<Record<MotionName, number>> = {
  wave: 2.4,
  raise: 2.4,
  squat: 2.4,
  walkAway: 3,
  turn: 3,
  walkBack: 3,
};
const ORDER: readonly MotionName[] = ['wave', 'raise', 'walkAway', 'squat', 'turn', 'walkBack'];
/** Seconds after which everything begins anew. */
const CYCLE_SECONDS = ORDER.reduce((sum, name) => sum + DURATIONS[name], 0);

const DEGREE = Math.PI / 180;
/** A walker is seen from half the side: this far from the camera's direction. */
const WALK_HEADING = 60 * DEGREE;
const STEPS_PER_WALK = 5;

/** What an actor of a given seed does at a time in seconds. */
export function postureAt(seed: number, stand: Stand, time: number): Posture {
  const random = createRandom(seed * 104_729 + 5);
  const wavesLeft = random() < 0.5;
  const turnDirection = random() < 0.5 ? -1 : 1;
  const squatDepth = between(random, 0.75, 1);
  const { motion, phase, x } = motionAt(stand, time);
  const posture = standing(stand, time);
  posture.x = x;
  const strength = envelope(phase);
  switch (motion) {
    case 'wave':
      wave(wavesLeft ? posture.left.arm : posture.right.arm, strength, time);
      break;
    case 'raise':
      for (const { arm } of [posture.left, posture.right]) {
        arm.abduction += strength * 155 * DEGREE;
        arm.spread = strength;
        arm.curl *= 1 - strength;
      }
      break;
    case 'squat':
      squat(posture, strength * squatDepth);
      break;
    case 'turn':
      posture.heading = turnDirection * 2 * Math.PI * smooth(phase);
      break;
    case 'walkAway':
      walk(posture, phase, strength, Math.sign(stand.awayX - stand.homeX));
      break;
    case 'walkBack':
      walk(posture, phase, strength, Math.sign(stand.homeX - stand.awayX));
      break;
  }
  return posture;
}

function motionAt(stand: Stand, time: number): { motion: MotionName; phase: number; x: number } {
  let rest = ((time % CYCLE_SECONDS) + CYCLE_SECONDS) % CYCLE_SECONDS;
  let isAway = false;
  for (const motion of ORDER) {
    const duration = DURATIONS[motion];
    if (rest < duration) {
      const phase = rest / duration;
      const way = smooth(Math.min(1, Math.max(0, (phase - 0.1) / 0.8)));
      const share = motion === 'walkAway' ? way : motion === 'walkBack' ? 1 - way : isAway ? 1 : 0;
      return { motion, phase, x: stand.homeX + (stand.awayX - stand.homeX) * share };
    }
    rest -= duration;
    if (motion === 'walkAway') isAway = true;
    if (motion === 'walkBack') isAway = false;
  }
  return { motion: 'wave', phase: 0, x: stand.homeX };
}

/** Breathing, and the small sway of somebody who stands. */
function standing(stand: Stand, time: number): Posture {
  const sway = Math.sin(time * 1.3) * 2 * DEGREE;
  const arm = (): ArmAngles => ({
    abduction: 9 * DEGREE + sway / 2,
    flexion: 3 * DEGREE,
    rotation: 0,
    elbow: 14 * DEGREE,
    pronation: 20 * DEGREE,
    curl: 0.3,
    spread: 0.2,
  });
  const leg = (): LegAngles => ({ flexion: 0, abduction: 4 * DEGREE, knee: 2 * DEGREE, ankle: 0 });
  return {
    x: stand.homeX,
    z: stand.z,
    heading: 0,
    lean: 1 * DEGREE + sway / 2,
    nod: -sway,
    left: { arm: arm(), leg: leg() },
    right: { arm: arm(), leg: leg() },
  };
}

function wave(arm: ArmAngles, strength: number, time: number): void {
  arm.abduction = mix(arm.abduction, 80 * DEGREE, strength);
  arm.rotation = mix(0, 90 * DEGREE, strength);
  arm.elbow = mix(arm.elbow, (85 + 25 * Math.sin(time * 8)) * DEGREE, strength);
  arm.pronation = mix(arm.pronation, 90 * DEGREE, strength);
  arm.curl = mix(arm.curl, 0.02, strength);
  arm.spread = mix(arm.spread, 1, strength);
}

function squat(posture: Posture, depth: number): void {
  posture.lean += depth * 32 * DEGREE;
  for (const { arm, leg } of [posture.left, posture.right]) {
    leg.flexion = depth * 68 * DEGREE;
    leg.knee = depth * 92 * DEGREE;
    leg.abduction += depth * 12 * DEGREE;
    arm.flexion += depth * 75 * DEGREE;
  }
}

function walk(posture: Posture, phase: number, strength: number, direction: number): void {
  posture.heading = direction * WALK_HEADING * smooth(Math.min(1, strength));
  const cycle = phase * STEPS_PER_WALK * Math.PI;
  for (const [limbs, sign] of [
    [posture.left, 1],
    [posture.right, -1],
  ] as const) {
    const swing = sign * Math.sin(cycle) * strength;
    limbs.leg.flexion = swing * 24 * DEGREE + strength * 4 * DEGREE;
    // The knee bends while its leg swings forwards.
    limbs.leg.knee += strength * Math.max(0, sign * Math.cos(cycle)) * 48 * DEGREE;
    limbs.leg.ankle = -swing * 10 * DEGREE;
    limbs.arm.flexion -= swing * 26 * DEGREE;
    limbs.arm.elbow += strength * 12 * DEGREE;
  }
}

/** Rises from 0 in the first quarter, holds, and falls back to 0 in the last. */
function envelope(phase: number): number {
  return smooth(Math.min(1, 4 * phase, 4 * (1 - phase)));
}

function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
