import {
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  DoubleSide,
  Group,
  Line,
  LineBasicMaterial,
  Mesh,
  MeshBasicMaterial,
  Sprite,
  SpriteMaterial,
  SRGBColorSpace,
  Vector3 as Vector,
} from 'three';
import { type Person, WORLD_STRIDE } from '../../../core/pose.ts';
import { landmarksOfAngle } from '../../../motion/kinematics/angle-corner.ts';
import { type PersonAngle, sideOfAngle } from '../../../motion/kinematics/angles.ts';
import { type Landmark, landmarkReader } from '../../../motion/kinematics/rig.ts';
import type { StandingPerson, StandingPose } from '../../../motion/placing/standing.ts';
import { readSeries } from '../../../motion/series/series.ts';
import { isJointSeen } from '../../../skeletons/derived-body.ts';
import { type Rgb, sideColor } from '../../style.ts';

const SEGMENTS = 24;
/** Metres, and at most this share of the shorter line beside the joint. */
const RADIUS = 0.15;
const MOST_OF_LINE = 0.6;
/** From the arc to the middle of its number, in metres. */
const LABEL_DISTANCE = 0.07;
const OPACITY = 0.5;
/** The number's picture in pixels, and its height as a share of the distance to the camera: so it is as large everywhere. */
const LABEL_PIXELS = { width: 128, height: 56 };
const LABEL_HEIGHT = 0.019;
/** Lines this near to straight, as the sine between them, span no plane. */
const STRAIGHT = 1e-3;

/** Angles of people as wedges between the lines at their joints, each with its number in degrees, as on the picture. */
export class AngleArcs {
  readonly object = new Group();
  readonly #arcs: Arc[] = [];

  /**
   * @param people whom the numbers are of
   * @param standing the same people as they stand in the room
   * @param threshold 0 to 1: an angle isn't drawn if one of its keypoints has a lower score
   */
  update(
    people: readonly Person[],
    standing: readonly StandingPerson[],
    angles: readonly PersonAngle[],
    threshold: number,
  ): void {
    let shown = 0;
    for (const { personId, angle } of angles) {
      const person = people.find(({ id }) => id === personId);
      const pose = standing.find(({ id }) => id === personId)?.poses[0];
      const degrees = person ? readSeries(person, { kind: 'angle', personId, angle }) : Number.NaN;
      if (!pose || Number.isNaN(degrees)) continue;
      const [from, at, to] = landmarksOfAngle(angle).map((landmark) => placeOf(pose, landmark, threshold));
      if (!from || !at || !to) continue;
      this.#arc(shown++).place(from, at, to, degrees, sideColor(sideOfAngle(angle)));
    }
    for (const [i, { object }] of this.#arcs.entries()) object.visible = i < shown;
  }

  dispose(): void {
    for (const arc of this.#arcs) arc.dispose();
  }

  #arc(i: number): Arc {
    const known = this.#arcs[i];
    if (known) return known;
    const arc = new Arc();
    this.#arcs.push(arc);
    this.object.add(arc.object);
    return arc;
  }
}

/** The middle of a landmark's keypoints in metres; `null`: one of them isn't seen. */
function placeOf({ pose, positions }: StandingPose, landmark: Landmark, threshold: number): Vector | null {
  const keypoints = landmarkReader(pose.set).keypointsOf(landmark);
  if (keypoints.length === 0) return null;
  const place = new Vector();
  for (const keypoint of keypoints) {
    if (!isJointSeen(positions, keypoint, threshold)) return null;
    place.add(new Vector().fromArray(positions, keypoint * WORLD_STRIDE));
  }
  return place.divideScalar(keypoints.length);
}

/** One wedge with its number. */
class Arc {
  readonly object = new Group();
  readonly #positions = new BufferAttribute(new Float32Array((SEGMENTS + 2) * 3), 3);
  readonly #wedge: Mesh<BufferGeometry, MeshBasicMaterial>;
  readonly #edge: Line<BufferGeometry, LineBasicMaterial>;
  readonly #label: Sprite;
  readonly #canvas = new OffscreenCanvas(LABEL_PIXELS.width, LABEL_PIXELS.height);
  readonly #texture = new CanvasTexture(this.#canvas);
  #text = '';

  constructor() {
    const geometry = new BufferGeometry().setAttribute('position', this.#positions);
    geometry.setIndex(Array.from({ length: SEGMENTS }, (_, i) => [0, i + 1, i + 2]).flat());
    const look = { transparent: true, depthWrite: false, fog: false } as const;
    this.#wedge = new Mesh(geometry, new MeshBasicMaterial({ ...look, opacity: OPACITY, side: DoubleSide }));
    // The wedge's corner isn't on its edge.
    const edge = new BufferGeometry().setAttribute('position', this.#positions);
    edge.setDrawRange(1, SEGMENTS + 1);
    this.#edge = new Line(edge, new LineBasicMaterial({ ...look, color: 0xffffff }));
    this.#texture.colorSpace = SRGBColorSpace;
    const material = new SpriteMaterial({
      map: this.#texture,
      sizeAttenuation: false,
      depthTest: false,
      toneMapped: false,
      fog: false,
    });
    this.#label = new Sprite(material);
    this.#label.scale.set((LABEL_HEIGHT * LABEL_PIXELS.width) / LABEL_PIXELS.height, LABEL_HEIGHT, 1);
    // In front of everything, for nothing may hide a number.
    this.#label.renderOrder = 1;
    for (const each of [this.#wedge, this.#edge]) each.frustumCulled = false;
    this.object.add(this.#wedge, this.#edge, this.#label);
  }

  place(from: Vector, at: Vector, to: Vector, degrees: number, [red, green, blue]: Rgb): void {
    const [first, last] = [from.clone().sub(at), to.clone().sub(at)];
    const radius = Math.min(RADIUS, MOST_OF_LINE * Math.min(first.length(), last.length()));
    first.normalize();
    last.normalize();
    const along = first.dot(last);
    const across = last.addScaledVector(first, -along);
    // Where lines are straight, a plane is as good as another: one that the viewer in front of somebody sees.
    if (across.length() < STRAIGHT) across.set(first.y, -first.x, 0);
    if (across.length() < STRAIGHT) across.set(0, first.z, -first.y);
    across.normalize();
    const sweep = Math.acos(Math.min(1, Math.max(-1, along)));
    const onArc = (share: number, distance: number): Vector =>
      at
        .clone()
        .addScaledVector(first, distance * Math.cos(share * sweep))
        .addScaledVector(across, distance * Math.sin(share * sweep));
    this.#positions.setXYZ(0, at.x, at.y, at.z);
    for (let i = 0; i <= SEGMENTS; i++) {
      const { x, y, z } = onArc(i / SEGMENTS, radius);
      this.#positions.setXYZ(i + 1, x, y, z);
    }
    this.#positions.needsUpdate = true;
    this.#wedge.material.color.setRGB(red / 255, green / 255, blue / 255, SRGBColorSpace);
    this.#label.position.copy(onArc(0.5, radius + LABEL_DISTANCE));
    this.#write(`${Math.round(degrees) || 0}°`.replace('-', '−'));
  }

  dispose(): void {
    this.#wedge.geometry.dispose();
    this.#edge.geometry.dispose();
    this.#wedge.material.dispose();
    this.#edge.material.dispose();
    this.#label.material.dispose();
    this.#texture.dispose();
  }

  #write(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    const context = this.#canvas.getContext('2d');
    if (!context) return;
    const { width, height } = LABEL_PIXELS;
    context.clearRect(0, 0, width, height);
    context.font = `600 ${height * 0.68}px system-ui, sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const wide = Math.min(width, context.measureText(text).width + height * 0.5);
    context.beginPath();
    context.roundRect((width - wide) / 2, 0, wide, height, height / 4);
    context.fillStyle = 'rgb(10 12 16 / 0.78)';
    context.fill();
    context.fillStyle = '#fff';
    context.fillText(text, width / 2, height * 0.54);
    this.#texture.needsUpdate = true;
  }
}
