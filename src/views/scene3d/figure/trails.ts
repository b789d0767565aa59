import { BufferAttribute, BufferGeometry, DynamicDrawUsage, LineBasicMaterial, LineSegments } from 'three';
import { append } from '../../../core/lists.ts';
import { WORLD_STRIDE } from '../../../core/pose.ts';
import type { StandingPerson } from '../../../motion/placing/standing.ts';
import { skeletonOf } from '../../../skeletons/registry.ts';

export type TrailChoice = 'none' | 'wrists' | 'ankles' | 'nose' | 'all';

/** Frames that a trail reaches back. */
const LENGTH = 60;
const MAXIMUM_SEGMENTS = 6000;
const PATTERNS: Readonly<Record<TrailChoice, RegExp>> = {
  none: /^$/,
  wrists: /_wrist$/,
  ankles: /_ankle$/,
  nose: /^nose$/,
  all: /(_wrist|_ankle|^nose)$/,
};

/** Where chosen joints have been: lines that fade towards the past. */
export class Trails {
  readonly object: LineSegments<BufferGeometry, LineBasicMaterial>;
  readonly #positions = new BufferAttribute(new Float32Array(MAXIMUM_SEGMENTS * 6), 3);
  readonly #colors = new BufferAttribute(new Float32Array(MAXIMUM_SEGMENTS * 8), 4);
  /** Past positions by person and keypoint: x, y, z one after the other. */
  readonly #past = new Map<string, number[]>();
  #choice: TrailChoice = 'none';

  constructor() {
    const geometry = new BufferGeometry();
    this.#positions.setUsage(DynamicDrawUsage);
    this.#colors.setUsage(DynamicDrawUsage);
    geometry.setAttribute('position', this.#positions);
    geometry.setAttribute('color', this.#colors);
    geometry.setDrawRange(0, 0);
    const material = new LineBasicMaterial({ vertexColors: true, transparent: true, depthWrite: false });
    this.object = new LineSegments(geometry, material);
    this.object.frustumCulled = false;
  }

  update(people: readonly StandingPerson[], choice: TrailChoice): void {
    if (choice !== this.#choice) this.#past.clear();
    this.#choice = choice;
    const seen = new Set<string>();
    for (const { id, poses } of people) {
      const body = poses.find(({ pose }) => pose.set !== 'hand-21');
      if (!body) continue;
      for (const [keypoint, name] of skeletonOf(body.pose.set).keypoints.entries()) {
        if (!PATTERNS[choice].test(name)) continue;
        const key = `${id} ${name}`;
        seen.add(key);
        const past = this.#past.get(key) ?? [];
        const at = keypoint * WORLD_STRIDE;
        append(past, body.positions.subarray(at, at + 3));
        if (past.length > LENGTH * 3) past.splice(0, 3);
        this.#past.set(key, past);
      }
    }
    for (const key of this.#past.keys()) if (!seen.has(key)) this.#past.delete(key);
    this.#write();
  }

  dispose(): void {
    this.object.geometry.dispose();
    this.object.material.dispose();
  }

  #write(): void {
    let segments = 0;
    for (const [key, past] of this.#past) {
      const isLeft = key.includes('left');
      const isRight = key.includes('right');
      const count = past.length / 3;
      for (let i = 1; i < count && segments < MAXIMUM_SEGMENTS; i++, segments++) {
        for (const [end, index] of [i - 1, i].entries()) {
          const vertex = segments * 2 + end;
          this.#positions.setXYZ(
            vertex,
            past[index * 3] ?? 0,
            past[index * 3 + 1] ?? 0,
            past[index * 3 + 2] ?? 0,
          );
          const [red, green, blue] = isLeft ? [0.1, 0.5, 1] : isRight ? [1, 0.4, 0.05] : [0.6, 0.65, 0.7];
          this.#colors.setXYZW(vertex, red, green, blue, index / count);
        }
      }
    }
    this.object.geometry.setDrawRange(0, segments * 2);
    for (const attribute of [this.#positions, this.#colors]) {
      attribute.clearUpdateRanges();
      attribute.addUpdateRange(0, segments * 2 * attribute.itemSize);
      attribute.needsUpdate = segments > 0;
    }
  }
}
