import { strToU8 } from 'fflate';
import { LimnError } from '../../core/errors.ts';
import type { Vector3 } from '../../core/numbers/vector.ts';
import { personName } from '../../core/person-name.ts';
import { restPlaces, rigMotions } from '../../motion/kinematics/rig-motion.ts';
import { DEFAULT_RIG_STYLE, type StyledMotion, styleRig } from '../../motion/kinematics/rig-style.ts';
import type { Exporter } from '../exporter.ts';
import { frameGrid } from '../writing/frame-grid.ts';
import { bodiesWithoutTrunk } from '../writing/left-out.ts';
import { describeMaking } from '../writing/making.ts';
import { lacksRig } from '../writing/markers.ts';
import { withProgress } from '../writing/text.ts';
import { boneMesh } from './bone-mesh.ts';

const MAGIC = 0x46546c67;
const VERSION = 2;
/** All lengths have 32 bits. */
const MAXIMUM_LENGTH = 2 ** 32 - 1;
const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;
const FLOAT = 5126;
const BYTE = 5121;
const SHORT = 5123;
const ARRAY_BUFFER = 34962;
const ELEMENT_BUFFER = 34963;
/** Longer than so many steps between two frames, somebody was out of view. */
const GAP_STEPS = 1.5;
/** Colours of people, linear red, green, blue. */
const COLORS = [
  [0.15, 0.5, 0.95],
  [0.95, 0.4, 0.1],
  [0.2, 0.75, 0.35],
  [0.75, 0.3, 0.85],
  [0.95, 0.75, 0.15],
  [0.2, 0.75, 0.8],
] as const;

/**
 * A glTF scene with an animated skeleton a person, in metres, y up: joints, a skin of simple bones, and one animation
 * for all. Time 0 is the recording's first frame. Who is out of view is scaled to nothing until seen again; a joint
 * that is missing has no key then. Joints have the names that are asked for where there is one person; those of several
 * begin with whose they are, for names in a scene are for one node each.
 *
 * Format: Khronos, glTF 2.0 specification.
 */
export const glb: Exporter = {
  id: 'glb',
  label: 'GLB animation (Blender, three.js)',
  extension: '.glb',
  mediaType: 'model/gltf-binary',
  hasRig: true,
  leftOut: bodiesWithoutTrunk,
  *write(recording, report, _convention, rig = DEFAULT_RIG_STYLE) {
    const motions = rigMotions(recording).map((motion) => styleRig(motion, rig));
    if (motions.length === 0) throw lacksRig(recording);
    const times = recording.frames.map(({ time }) => time);
    const [start = 0, end = 0] = [times[0], times.at(-1)];
    const scene = new SceneWriter();
    for (const [i, motion] of withProgress(motions, report)) {
      const isNamed = rig.names !== 'plain' && motions.length === 1;
      const prefix = isNamed ? '' : `P${motion.personId}_`;
      const clock = { start, end, step: 1 / frameGrid(times).rate };
      scene.addPerson(motion, personName(motion.personId, recording.info.names), i, clock, prefix);
    }
    yield* scene.finish({ ...describeMaking(recording), ...(rig !== DEFAULT_RIG_STYLE && { rig }) });
  },
};

interface Clock {
  /** Seconds of the recording's first and last frame. */
  readonly start: number;
  readonly end: number;
  /** Seconds between two frames. */
  readonly step: number;
}

interface Channel {
  readonly sampler: number;
  readonly target: { readonly node: number; readonly path: 'translation' | 'rotation' | 'scale' };
}

/** Puts nodes, skins and animation together, and their numbers into one buffer. */
class SceneWriter {
  readonly #nodes: object[] = [];
  readonly #roots: number[] = [];
  readonly #meshes: object[] = [];
  readonly #skins: object[] = [];
  readonly #materials: object[] = [];
  readonly #channels: Channel[] = [];
  readonly #samplers: object[] = [];
  readonly #accessors: object[] = [];
  readonly #views: object[] = [];
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /** @param name of the person  @param prefix of their joints' names */
  addPerson(motion: StyledMotion, name: string, position: number, clock: Clock, prefix: string): void {
    const first = this.#nodes.length + 1;
    const { joints: named, offsets, frames } = motion;
    const joints = named.map((_, i) => first + i);
    const root: Vector3 = frames[0]?.root ?? [0, 0, 0];
    const color = COLORS[position % COLORS.length] ?? COLORS[0];
    this.#materials.push({
      name,
      pbrMetallicRoughness: { baseColorFactor: [...color, 1], metallicFactor: 0, roughnessFactor: 0.8 },
    });
    this.#roots.push(this.#nodes.length);
    this.#nodes.push({ name, children: [first] });
    for (const [i, { name: joint }] of named.entries()) {
      const children = named.flatMap(({ parent }, child) => (parent === i ? [first + child] : []));
      this.#nodes.push({
        name: `${prefix}${joint}`,
        translation: i === 0 ? root : offsets[i],
        ...(children.length > 0 && { children }),
      });
    }
    // A root of its own: skinned meshes are where their joints are, whatever they lie under (glTF 2.0, 3.7.3 "Skins").
    this.#roots.push(this.#nodes.length);
    this.#nodes.push({
      name: `Body of ${name}`,
      mesh: this.#addMesh(motion, this.#materials.length - 1),
      skin: this.#addSkin(joints, motion),
    });
    this.#animate(motion, first, clock);
  }

  /** @returns the file's parts */
  *finish(making: object): Generator<Uint8Array> {
    const document = {
      asset: { version: '2.0', generator: 'Limn', extras: making },
      scene: 0,
      scenes: [{ nodes: this.#roots }],
      nodes: this.#nodes,
      meshes: this.#meshes,
      skins: this.#skins,
      materials: this.#materials,
      animations: [{ name: 'Motion', channels: this.#channels, samplers: this.#samplers }],
      accessors: this.#accessors,
      bufferViews: this.#views,
      buffers: [{ byteLength: this.#length }],
    };
    const json = padded(strToU8(JSON.stringify(document)), 0x20);
    if (28 + json.length + this.#length > MAXIMUM_LENGTH) {
      throw new LimnError(
        'A GLB file holds 4 GB at most, and this is more. Export a shorter part of the video.',
      );
    }
    const header = new DataView(new ArrayBuffer(20));
    const words = [MAGIC, VERSION, 28 + json.length + this.#length, json.length, JSON_CHUNK];
    for (const [i, word] of words.entries()) header.setUint32(i * 4, word, true);
    yield new Uint8Array(header.buffer);
    yield json;
    const binary = new DataView(new ArrayBuffer(8));
    binary.setUint32(0, this.#length, true);
    binary.setUint32(4, BINARY_CHUNK, true);
    yield new Uint8Array(binary.buffer);
    yield* this.#parts;
  }

  #addMesh(motion: StyledMotion, material: number): number {
    const { positions, normals, joints, indices } = boneMesh(motion);
    const weights = new Float32Array((positions.length / 3) * 4);
    for (let at = 0; at < weights.length; at += 4) weights[at] = 1;
    this.#meshes.push({
      primitives: [
        {
          attributes: {
            POSITION: this.#add(positions, 'VEC3', { target: ARRAY_BUFFER, hasBounds: true }),
            NORMAL: this.#add(normals, 'VEC3', { target: ARRAY_BUFFER }),
            JOINTS_0: this.#add(joints, 'VEC4', { target: ARRAY_BUFFER }),
            WEIGHTS_0: this.#add(weights, 'VEC4', { target: ARRAY_BUFFER }),
          },
          indices: this.#add(indices, 'SCALAR', { target: ELEMENT_BUFFER }),
          material,
        },
      ],
    });
    return this.#meshes.length - 1;
  }

  #addSkin(joints: readonly number[], { joints: named, offsets }: StyledMotion): number {
    const matrices = new Float32Array(named.length * 16);
    for (const [i, [x, y, z]] of restPlaces(offsets, named).entries()) {
      matrices.set([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -x, -y, -z, 1], i * 16);
    }
    this.#skins.push({ joints, skeleton: joints[0], inverseBindMatrices: this.#add(matrices, 'MAT4', {}) });
    return this.#skins.length - 1;
  }

  #animate({ joints, frames }: StyledMotion, first: number, { start, end, step }: Clock): void {
    const times = frames.map(({ time }) => time - start);
    const all = this.#addTimes(times);
    const roots = Float32Array.from(frames.flatMap(({ root }) => [...root]));
    this.#channel(first, 'translation', all, this.#add(roots, 'VEC3', {}), 'LINEAR');
    for (const joint of joints.keys()) {
      const keys = frames.flatMap(({ rotations }, i) => {
        const rotation = rotations[joint];
        return rotation ? [{ time: times[i] ?? 0, rotation }] : [];
      });
      if (keys.length === 0) continue;
      const input = keys.length === times.length ? all : this.#addTimes(keys.map(({ time }) => time));
      const values = Float32Array.from(keys.flatMap(({ rotation }) => [...rotation]));
      this.#channel(first + joint, 'rotation', input, this.#add(values, 'VEC4', {}), 'LINEAR');
    }
    const presence = findPresence(times, end - start, step);
    if (presence.length === 1) return;
    const scales = Float32Array.from(
      presence.flatMap(({ isThere }) => new Array<number>(3).fill(isThere ? 1 : 0)),
    );
    const input = this.#addTimes(presence.map(({ time }) => time));
    this.#channel(first - 1, 'scale', input, this.#add(scales, 'VEC3', {}), 'STEP');
  }

  #channel(
    node: number,
    path: Channel['target']['path'],
    input: number,
    output: number,
    interpolation: 'LINEAR' | 'STEP',
  ): void {
    this.#samplers.push({ input, output, interpolation });
    this.#channels.push({ sampler: this.#samplers.length - 1, target: { node, path } });
  }

  #addTimes(times: readonly number[]): number {
    return this.#add(Float32Array.from(times), 'SCALAR', { hasBounds: true });
  }

  /** @returns the accessor's position */
  #add(
    values: Float32Array | Uint8Array | Uint16Array,
    type: keyof typeof COMPONENTS,
    { target, hasBounds = false }: { readonly target?: number; readonly hasBounds?: boolean },
  ): number {
    const componentType =
      values instanceof Float32Array ? FLOAT : values instanceof Uint16Array ? SHORT : BYTE;
    const width = COMPONENTS[type];
    const bytes = padded(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 0);
    this.#views.push({
      buffer: 0,
      byteOffset: this.#length,
      byteLength: values.byteLength,
      ...(target !== undefined && { target }),
    });
    this.#parts.push(bytes);
    this.#length += bytes.length;
    this.#accessors.push({
      bufferView: this.#views.length - 1,
      componentType,
      count: values.length / width,
      type,
      ...(hasBounds && boundsOf(values, width)),
    });
    return this.#accessors.length - 1;
  }
}

const COMPONENTS = { SCALAR: 1, VEC3: 3, VEC4: 4, MAT4: 16 } as const;

/** When somebody comes into view, and goes; the first is at time 0. */
function findPresence(
  times: readonly number[],
  duration: number,
  step: number,
): { time: number; isThere: boolean }[] {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const changes = [{ time: 0, isThere: first < step * GAP_STEPS }];
  if (!changes[0]?.isThere) changes.push({ time: first, isThere: true });
  for (const [i, time] of times.entries()) {
    const next = times[i + 1];
    if (next === undefined || next - time <= step * GAP_STEPS) continue;
    changes.push({ time: time + step / 2, isThere: false }, { time: next, isThere: true });
  }
  if (duration - last > step * GAP_STEPS) changes.push({ time: last + step / 2, isThere: false });
  return changes;
}

function boundsOf(values: ArrayLike<number>, width: number): { min: number[]; max: number[] } {
  const min = new Array<number>(width).fill(Number.POSITIVE_INFINITY);
  const max = new Array<number>(width).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < values.length; i++) {
    const component = i % width;
    min[component] = Math.min(min[component] ?? 0, values[i] ?? 0);
    max[component] = Math.max(max[component] ?? 0, values[i] ?? 0);
  }
  return { min, max };
}

/** Up to a multiple of four bytes. */
function padded(bytes: Uint8Array, filler: number): Uint8Array {
  const result = new Uint8Array(Math.ceil(bytes.length / 4) * 4).fill(filler);
  result.set(bytes);
  return result;
}
