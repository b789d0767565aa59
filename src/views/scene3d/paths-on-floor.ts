import { BufferAttribute, BufferGeometry, Group, Line, LineBasicMaterial } from 'three';
import { personColor } from '../style.ts';

/** Where somebody's hips are over the floor: x, z in metres, one after the other; NaN where they aren't known. */
export type FloorPath = Float32Array;

/** A little above the floor, so that its lines don't flicker through. */
const HEIGHT = 0.006;

/** Everybody's way over the floor: a line a stretch without a gap. */
export class PathsOnFloor {
  readonly object = new Group();
  #paths: ReadonlyMap<number, FloorPath> | null = null;

  /** @param paths by person; the same map again changes nothing */
  update(paths: ReadonlyMap<number, FloorPath> | null): void {
    if (paths === this.#paths) return;
    this.#paths = paths;
    this.#clear();
    for (const [id, path] of paths ?? []) {
      const [red, green, blue] = personColor(id);
      const material = new LineBasicMaterial({ color: (red << 16) | (green << 8) | blue });
      for (const stretch of stretchesOf(path)) {
        const geometry = new BufferGeometry();
        geometry.setAttribute('position', new BufferAttribute(stretch, 3));
        this.object.add(new Line(geometry, material));
      }
    }
  }

  dispose(): void {
    this.#clear();
  }

  #clear(): void {
    for (const line of [...this.object.children]) {
      this.object.remove(line);
      if (!(line instanceof Line)) continue;
      line.geometry.dispose();
      (line.material as LineBasicMaterial).dispose();
    }
  }
}

function* stretchesOf(path: FloorPath): Generator<Float32Array> {
  let stretch: number[] = [];
  for (let i = 0; i <= path.length; i += 2) {
    const [x = Number.NaN, z = Number.NaN] = path.subarray(i, i + 2);
    if (Number.isFinite(x + z)) stretch.push(x, HEIGHT, z);
    else if (stretch.length > 0) {
      if (stretch.length >= 6) yield Float32Array.from(stretch);
      stretch = [];
    }
  }
}
