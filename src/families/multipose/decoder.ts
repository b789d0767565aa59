/** Side of a cell of the network's maps, in pixels of its picture. */
export const CELL = 4;
/** The network looks for so many people at once. */
export const MOST_PEOPLE = 6;
export const KEYPOINTS = 17;
/** Numbers of a keypoint: x, y, score. */
export const POINT = 3;
/** Numbers of a box: left, top, right, bottom. */
export const BOX = 4;

/** Where each head begins among the channels of a cell, in the order in which they are joined. */
const CENTRE = 0;
const BOX_SIZE = 1;
const BOX_OFFSET = 3;
const HEAT = 5;
const REGRESSION = HEAT + KEYPOINTS;
const OFFSET = REGRESSION + 2 * KEYPOINTS;
export const CHANNELS = OFFSET + 2 * KEYPOINTS;

/** The network's own constants, as they stand in its graph in half precision. */
const PEAK_REACH = 2;
const PEAK_TOLERANCE = 1.0132789611816406e-6;
const NEARNESS = 0.300048828125;
const SURE_SCORE = 0.126953125;

/** People as the network gives them, by falling score of their centres. One memory is used again and again. */
export interface DecodedPeople {
  /** 0 to 1, one a person. */
  readonly scores: Float32Array;
  /** Pixels of the network's picture: {@link BOX} numbers a person. */
  readonly boxes: Float32Array;
  /** Pixels of the network's picture, and scores of 0 to 1: {@link POINT} numbers a keypoint, in COCO's order. */
  readonly points: Float32Array;
}

/**
 * People out of the maps of MoveNet multipose.
 *
 * Maps are a quarter of the picture in size. A cell says how likely somebody's centre is in it; how large that person's box
 * is, and by how much the centre is off the cell; how likely each keypoint is in it; where the keypoints of somebody who is
 * centred in it are to be expected; and by how much each keypoint is off the cell.
 *
 * 1. Centres are the six highest cells that are the highest of the 5 × 5 around them.
 * 2. Of each person and keypoint, every cell inside the box has its likelihood, less the farther it is from the expected
 *    place; the best one has the keypoint.
 * 3. A keypoint's score is the largest of these products at that cell over all six people in whose boxes it lies, for a
 *    cell that fits somebody else's keypoint as well is no worse for that. A person's is the centre's, times the mean of the
 *    scores of keypoints that are fairly sure.
 *
 * Method: the part of the network's graph behind its six heads (MoveNet multipose lightning 1, Google).
 */
export class MultiposeDecoder implements DecodedPeople {
  readonly scores = new Float32Array(MOST_PEOPLE);
  readonly boxes = new Float32Array(MOST_PEOPLE * BOX);
  readonly points = new Float32Array(MOST_PEOPLE * KEYPOINTS * POINT);
  /** Likelihoods of centres, cell by cell. */
  #centres = new Float32Array(0);
  readonly #cells = new Int32Array(MOST_PEOPLE);
  readonly #centreScores = new Float32Array(MOST_PEOPLE);
  /** In cells. */
  readonly #places = new Float32Array(MOST_PEOPLE * KEYPOINTS * 2);
  readonly #bounds = new Float32Array(MOST_PEOPLE * BOX);
  readonly #bestCells = new Int32Array(KEYPOINTS);
  readonly #best = new Float64Array(KEYPOINTS);
  /** Only what is likelier than this, as a logit, can be better than the best. */
  readonly #bars = new Float64Array(KEYPOINTS);

  /**
   * @param maps rows × columns × {@link CHANNELS} numbers: what the heads give, before any sigmoid
   * @returns this, until it decodes again
   * @throws {RangeError} if there are other than so many numbers
   */
  decode(maps: Float32Array, rows: number, columns: number): DecodedPeople {
    if (maps.length !== rows * columns * CHANNELS || maps.length === 0)
      throw new RangeError(`${maps.length} numbers are no maps of ${rows} × ${columns} × ${CHANNELS}.`);
    this.#findCentres(maps, rows, columns);
    for (let person = 0; person < MOST_PEOPLE; person++) this.#frame(maps, rows, columns, person);
    const falloff = -1 / (NEARNESS * Math.min(rows, columns));
    for (let person = 0; person < MOST_PEOPLE; person++) {
      this.#findKeypoints(maps, columns, person, falloff);
      this.#score(maps, columns, person, falloff);
    }
    return this;
  }

  /** The best peaks, the first of equal ones first; where there are too few, cells that are none, as sure of nobody. */
  #findCentres(maps: Float32Array, rows: number, columns: number): void {
    const count = rows * columns;
    if (this.#centres.length < count) this.#centres = new Float32Array(count);
    const centres = this.#centres;
    for (let cell = 0; cell < count; cell++)
      centres[cell] = sigmoid(maps[cell * CHANNELS + CENTRE] as number);
    const [cells, scores] = [this.#cells, this.#centreScores];
    let found = 0;
    for (let row = 0, cell = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, cell++) {
        const score = centres[cell] as number;
        if (found === MOST_PEOPLE && !(score > (scores[MOST_PEOPLE - 1] as number))) continue;
        if (!isPeak(centres, rows, columns, row, column)) continue;
        let at = found < MOST_PEOPLE ? found++ : MOST_PEOPLE - 1;
        for (; at > 0 && score > (scores[at - 1] as number); at--) {
          cells[at] = cells[at - 1] as number;
          scores[at] = scores[at - 1] as number;
        }
        cells[at] = cell;
        scores[at] = score;
      }
    }
    for (let cell = 0; found < MOST_PEOPLE; cell++) {
      const isTaken = cells.subarray(0, found).includes(cell);
      if (isTaken && cell < count) continue;
      cells[found] = Math.min(cell, count - 1);
      scores[found++] = 0;
    }
  }

  /** The box of the person at a centre, and where the keypoints are to be expected. */
  #frame(maps: Float32Array, rows: number, columns: number, person: number): void {
    const cell = this.#cells[person] as number;
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    const at = cell * CHANNELS;
    const halfHeight = Math.max(0, maps[at + BOX_SIZE] as number) / 2;
    const halfWidth = Math.max(0, maps[at + BOX_SIZE + 1] as number) / 2;
    const y = row + (maps[at + BOX_OFFSET] as number);
    const x = column + (maps[at + BOX_OFFSET + 1] as number);
    const first = person * BOX;
    const bounds = this.#bounds;
    bounds[first] = clip(x - halfWidth, columns);
    bounds[first + 1] = clip(y - halfHeight, rows);
    bounds[first + 2] = clip(x + halfWidth, columns);
    bounds[first + 3] = clip(y + halfHeight, rows);
    for (let i = 0; i < BOX; i++) this.boxes[first + i] = (bounds[first + i] as number) * CELL;
    for (let k = 0, to = person * KEYPOINTS * 2; k < KEYPOINTS; k++, to += 2) {
      this.#places[to] = column + (maps[at + REGRESSION + 2 * k + 1] as number);
      this.#places[to + 1] = row + (maps[at + REGRESSION + 2 * k] as number);
    }
  }

  #findKeypoints(maps: Float32Array, columns: number, person: number, falloff: number): void {
    const [best, cells, bars] = [this.#best, this.#bestCells, this.#bars];
    best.fill(0);
    cells.fill(0);
    bars.fill(Number.NEGATIVE_INFINITY);
    const first = person * BOX;
    const [left, top] = [this.#bounds[first] as number, this.#bounds[first + 1] as number];
    const [right, bottom] = [this.#bounds[first + 2] as number, this.#bounds[first + 3] as number];
    for (let row = Math.ceil(top); row < bottom; row++) {
      for (let column = Math.ceil(left); column < right; column++) {
        const cell = row * columns + column;
        const heat = cell * CHANNELS + HEAT;
        for (let k = 0; k < KEYPOINTS; k++) {
          const logit = maps[heat + k] as number;
          // Nearness is 1 at most.
          if (!(logit > (bars[k] as number))) continue;
          const product = sigmoid(logit) * this.#nearness(person, k, row, column, falloff);
          if (!(product > (best[k] as number))) continue;
          best[k] = product;
          cells[k] = cell;
          bars[k] = Math.log(product / (1 - product));
        }
      }
    }
  }

  /** How near a cell is to where somebody's keypoint is to be expected: 1 at the place, 0 far away. */
  #nearness(person: number, keypoint: number, row: number, column: number, falloff: number): number {
    const at = (person * KEYPOINTS + keypoint) * 2;
    const x = column - (this.#places[at] as number);
    const y = row - (this.#places[at + 1] as number);
    // Rounded as the network rounds: what is too far away is nothing.
    return Math.fround(Math.exp((x * x + y * y) * falloff));
  }

  /** The places of somebody's keypoints, and all scores. */
  #score(maps: Float32Array, columns: number, person: number, falloff: number): void {
    let [sum, sure] = [0, 0];
    for (let k = 0; k < KEYPOINTS; k++) {
      const cell = this.#bestCells[k] as number;
      const [row, column] = [Math.floor(cell / columns), cell % columns];
      const at = cell * CHANNELS;
      let nearest = 0;
      for (let other = 0; other < MOST_PEOPLE; other++) {
        if (this.#isInside(other, row, column))
          nearest = Math.max(nearest, this.#nearness(other, k, row, column, falloff));
      }
      const product = sigmoid(maps[at + HEAT + k] as number) * nearest;
      // What is no number is not found.
      const score = product > 0 ? product : 0;
      const to = (person * KEYPOINTS + k) * POINT;
      this.points[to] = (column + (maps[at + OFFSET + 2 * k + 1] as number)) * CELL;
      this.points[to + 1] = (row + (maps[at + OFFSET + 2 * k] as number)) * CELL;
      this.points[to + 2] = score;
      if (!(score > SURE_SCORE)) continue;
      sum += score;
      sure++;
    }
    this.scores[person] = ((this.#centreScores[person] as number) * sum) / Math.max(1, sure);
  }

  #isInside(person: number, row: number, column: number): boolean {
    const first = person * BOX;
    const bounds = this.#bounds;
    return (
      column >= (bounds[first] as number) &&
      row >= (bounds[first + 1] as number) &&
      column < (bounds[first + 2] as number) &&
      row < (bounds[first + 3] as number)
    );
  }
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Numbers that are none are held at 0, so that every loop over a box ends. */
function clip(value: number, most: number): number {
  return value > 0 ? Math.min(value, most) : 0;
}

/** Is nothing around a cell higher than it, but for rounding? */
function isPeak(values: Float32Array, rows: number, columns: number, row: number, column: number): boolean {
  const least = (values[row * columns + column] as number) + PEAK_TOLERANCE;
  const [lastRow, lastColumn] = [
    Math.min(rows - 1, row + PEAK_REACH),
    Math.min(columns - 1, column + PEAK_REACH),
  ];
  for (let y = Math.max(0, row - PEAK_REACH); y <= lastRow; y++) {
    for (let x = Math.max(0, column - PEAK_REACH); x <= lastColumn; x++) {
      if (!((values[y * columns + x] as number) < least)) return false;
    }
  }
  return true;
}
