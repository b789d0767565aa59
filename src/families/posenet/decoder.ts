export const KEYPOINTS = 17;
/** Numbers of a keypoint: x, y, score. */
export const POINT = 3;
/** So many people are looked for at most. */
export const MOST_PEOPLE = 32;

/**
 * From which keypoint to which the network's displacements lead, by COCO's numbers and in the network's order of channels: a
 * tree whose root is the nose (tfjs-models, pose-detection/src/posenet/constants.ts, POSE_CHAIN).
 */
const EDGES = [
  [0, 1],
  [1, 3],
  [0, 2],
  [2, 4],
  [0, 5],
  [5, 7],
  [7, 9],
  [5, 11],
  [11, 13],
  [13, 15],
  [0, 6],
  [6, 8],
  [8, 10],
  [6, 12],
  [12, 14],
  [14, 16],
] as const satisfies readonly (readonly [parent: number, child: number])[];

/** Channels of each head, in the order in which they are joined: of pairs, all y come before all x. */
export const HEAD_CHANNELS = [KEYPOINTS, 2 * KEYPOINTS, 2 * EDGES.length, 2 * EDGES.length] as const;
const OFFSET = HEAD_CHANNELS[0];
const FORWARD = OFFSET + HEAD_CHANNELS[1];
const BACKWARD = FORWARD + HEAD_CHANNELS[2];
export const CHANNELS = BACKWARD + HEAD_CHANNELS[3];

/** A person begins at a keypoint that is as sure (…/constants.ts, MULTI_PERSON_ESTIMATION_CONFIG), */
const ROOT_SCORE = 0.5;
/** in a cell that no cell within this reach exceeds (…/constants.ts, K_LOCAL_MAXIMUM_RADIUS). */
const PEAK_REACH = 1;
/** Keypoints of two people that are as near, in pixels of the network's picture, are the same one (… CONFIG, nmsRadius). */
const SAME_RADIUS = 20;
/** How often a displaced keypoint is put right by the offset of its cell (…/decode_multiple_poses_util.ts). */
const REFINEMENTS = 2;

/** People as the network gives them. One memory is used again and again. */
export interface DecodedPeople {
  readonly count: number;
  /** 0 to 1, one a person. */
  readonly scores: Float32Array;
  /**
   * Pixels of the network's picture, and scores of 0 to 1: {@link POINT} numbers a keypoint, in COCO's order. Keypoints that
   * aren't there have no place and the score 0.
   */
  readonly points: Float32Array;
}

/**
 * People out of the maps of PoseNet.
 *
 * A cell of the maps says how likely each keypoint is near it; by how much that keypoint is off the cell; and how far it is from
 * each keypoint to its neighbours in a tree, from the nose outwards (forward) and back.
 *
 * 1. All cells that are sure of a keypoint, and surer than those around them, may each be where a person begins, the surest
 *    first.
 * 2. From there the tree is followed both ways: the displacement in the nearest cell leads to the next keypoint, which its own
 *    cell's offset then puts right.
 * 3. Whoever would begin where somebody has the same keypoint already is that person.
 * 4. A person's score is the sum of those keypoint scores that nobody before them has at the same place, over all keypoints.
 *
 * Method: Papandreou et al., PersonLab, 2018, section 3.2; tfjs-models, pose-detection/src/posenet/calculators
 * (decodeMultiplePoses).
 */
export class PoseNetDecoder implements DecodedPeople {
  count = 0;
  readonly scores = new Float32Array(MOST_PEOPLE);
  readonly points = new Float32Array(MOST_PEOPLE * KEYPOINTS * POINT);
  /** Likelihoods, keypoint by keypoint in each cell. */
  #likely = new Float32Array(0);
  /** Where people may begin, as indices of `#likely`. */
  #roots = new Int32Array(0);
  /** Of the person that is being put together: x, y and score of each keypoint; the score 0: not reached. */
  readonly #person = new Float64Array(KEYPOINTS * POINT);
  #maps: Float32Array = new Float32Array(0);
  #rows = 0;
  #columns = 0;
  #stride = 1;

  /**
   * @param maps rows × columns × {@link CHANNELS} numbers: what the heads give, before any sigmoid
   * @param stride pixels of the network's picture from cell to cell
   * @returns this, until it decodes again
   * @throws {RangeError} if there are other than so many numbers
   */
  decode(maps: Float32Array, rows: number, columns: number, stride: number): DecodedPeople {
    if (maps.length !== rows * columns * CHANNELS || maps.length === 0)
      throw new RangeError(`${maps.length} numbers are no maps of ${rows} × ${columns} × ${CHANNELS}.`);
    this.#maps = maps;
    this.#rows = rows;
    this.#columns = columns;
    this.#stride = stride;
    this.#readLikelihoods();
    this.count = 0;
    for (const root of this.#findRoots()) {
      if (this.count === MOST_PEOPLE) break;
      if (this.#begin(root)) this.#keep();
    }
    return this;
  }

  #readLikelihoods(): void {
    const cells = this.#rows * this.#columns;
    if (this.#likely.length < cells * KEYPOINTS) {
      this.#likely = new Float32Array(cells * KEYPOINTS);
      this.#roots = new Int32Array(cells * KEYPOINTS);
    }
    for (let cell = 0, to = 0; cell < cells; cell++) {
      for (let k = 0; k < KEYPOINTS; k++, to++) {
        const score = 1 / (1 + Math.exp(-(this.#maps[cell * CHANNELS + k] as number)));
        // What is no number is nothing.
        this.#likely[to] = score > 0 ? score : 0;
      }
    }
  }

  /** Peaks, the highest first, of equal ones the first of the maps. */
  #findRoots(): Int32Array {
    const likely = this.#likely;
    let found = 0;
    for (let row = 0, at = 0; row < this.#rows; row++) {
      for (let column = 0; column < this.#columns; column++) {
        for (let k = 0; k < KEYPOINTS; k++, at++) {
          if ((likely[at] as number) >= ROOT_SCORE && this.#isPeak(row, column, k)) this.#roots[found++] = at;
        }
      }
    }
    return this.#roots
      .subarray(0, found)
      .sort((a, b) => (likely[b] as number) - (likely[a] as number) || a - b);
  }

  #isPeak(row: number, column: number, keypoint: number): boolean {
    const own = this.#likelihood(row * this.#columns + column, keypoint);
    const [lastRow, lastColumn] = [
      Math.min(this.#rows - 1, row + PEAK_REACH),
      Math.min(this.#columns - 1, column + PEAK_REACH),
    ];
    for (let y = Math.max(0, row - PEAK_REACH); y <= lastRow; y++) {
      for (let x = Math.max(0, column - PEAK_REACH); x <= lastColumn; x++)
        if (this.#likelihood(y * this.#columns + x, keypoint) > own) return false;
    }
    return true;
  }

  #likelihood(cell: number, keypoint: number): number {
    return this.#likely[cell * KEYPOINTS + keypoint] as number;
  }

  /** Puts somebody together from one keypoint. @returns whether it is somebody new */
  #begin(root: number): boolean {
    const keypoint = root % KEYPOINTS;
    const cell = (root - keypoint) / KEYPOINTS;
    const [x, y] = [this.#offsetX(cell, keypoint), this.#offsetY(cell, keypoint)];
    if (!(Number.isFinite(x) && Number.isFinite(y)) || this.#isTaken(x, y, keypoint)) return false;
    this.#person.fill(0);
    this.#put(keypoint, x, y, this.#likely[root] as number);
    for (let edge = EDGES.length - 1; edge >= 0; edge--) {
      const [parent, child] = EDGES[edge] as (typeof EDGES)[number];
      this.#follow(edge, BACKWARD, child, parent);
    }
    for (const [edge, [parent, child]] of EDGES.entries()) this.#follow(edge, FORWARD, parent, child);
    return true;
  }

  /** Goes along an edge, if one of its ends is known and the other isn't. */
  #follow(edge: number, head: number, from: number, to: number): void {
    const person = this.#person;
    if (!((person[from * POINT + 2] as number) > 0) || (person[to * POINT + 2] as number) > 0) return;
    let x = person[from * POINT] as number;
    let y = person[from * POINT + 1] as number;
    const first = this.#nearestCell(x, y) * CHANNELS + head + edge;
    y += this.#maps[first] as number;
    x += this.#maps[first + EDGES.length] as number;
    for (let i = 0; i < REFINEMENTS; i++) {
      // Displacements may be no numbers; then the keypoint isn't there.
      if (Number.isNaN(x) || Number.isNaN(y)) return;
      const cell = this.#nearestCell(x, y);
      x = this.#offsetX(cell, to);
      y = this.#offsetY(cell, to);
    }
    if (!(Number.isFinite(x) && Number.isFinite(y))) return;
    this.#put(to, x, y, this.#likelihood(this.#nearestCell(x, y), to));
  }

  #put(keypoint: number, x: number, y: number, score: number): void {
    this.#person[keypoint * POINT] = x;
    this.#person[keypoint * POINT + 1] = y;
    this.#person[keypoint * POINT + 2] = score;
  }

  /** Where a keypoint is that is near a cell, in pixels of the network's picture. */
  #offsetX(cell: number, keypoint: number): number {
    const offset = this.#maps[cell * CHANNELS + OFFSET + KEYPOINTS + keypoint] as number;
    return (cell % this.#columns) * this.#stride + offset;
  }

  #offsetY(cell: number, keypoint: number): number {
    const offset = this.#maps[cell * CHANNELS + OFFSET + keypoint] as number;
    return Math.floor(cell / this.#columns) * this.#stride + offset;
  }

  #nearestCell(x: number, y: number): number {
    const column = Math.max(0, Math.min(this.#columns - 1, Math.round(x / this.#stride)));
    const row = Math.max(0, Math.min(this.#rows - 1, Math.round(y / this.#stride)));
    return row * this.#columns + column;
  }

  /** Has somebody the same keypoint there? */
  #isTaken(x: number, y: number, keypoint: number): boolean {
    for (let person = 0; person < this.count; person++) {
      const at = (person * KEYPOINTS + keypoint) * POINT;
      const [apartX, apartY] = [(this.points[at] as number) - x, (this.points[at + 1] as number) - y];
      if (apartX * apartX + apartY * apartY <= SAME_RADIUS * SAME_RADIUS) return true;
    }
    return false;
  }

  /** Adds the person that was put together to the others. */
  #keep(): void {
    let own = 0;
    for (let k = 0; k < KEYPOINTS; k++) {
      const x = this.#person[k * POINT] as number;
      const y = this.#person[k * POINT + 1] as number;
      const score = this.#person[k * POINT + 2] as number;
      const at = (this.count * KEYPOINTS + k) * POINT;
      const isThere = score > 0;
      this.points[at] = isThere ? x : Number.NaN;
      this.points[at + 1] = isThere ? y : Number.NaN;
      this.points[at + 2] = score;
      if (isThere && !this.#isTaken(x, y, k)) own += score;
    }
    this.scores[this.count] = own / KEYPOINTS;
    this.count++;
  }
}
