import {
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  DoubleSide,
  Group,
  LineBasicMaterial,
  LineSegments,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  SRGBColorSpace,
  Vector3,
} from 'three';
import { WORLD_STRIDE } from '../../core/pose.ts';
import type { RoomCamera } from '../../core/recording.ts';

/** Metres from the camera at which its picture hangs. */
const PICTURE_DISTANCE = 0.7;
/** Wider pictures are drawn smaller before they go to the GPU. */
const PICTURE_WIDTH = 320;
const LINE_COLOR = 0x7c8aa5;

const OPACITY = 0.85;
/** Where it would hide somebody: its frame stays. */
const HIDDEN_OPACITY = 0;
/** It has to be so much larger than it is to hide nobody: limbs are thick. */
const AROUND = 1.12;
/** Of a person's joints, one in so many is looked at. */
const EVERY_JOINT = 2;

/** What can be drawn as the camera's picture. */
export type Picture = CanvasImageSource;

/** The camera in the room: its place, the pyramid that it sees, and its picture in it. */
export class CameraFigure {
  readonly object = new Group();
  readonly #lines: LineSegments<BufferGeometry, LineBasicMaterial>;
  readonly #corners = new BufferAttribute(new Float32Array(16 * 3), 3);
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #texture = new CanvasTexture(this.#canvas);
  readonly #picture: Mesh<PlaneGeometry, MeshBasicMaterial>;
  readonly #inverse = new Matrix4();
  readonly #eye = new Vector3();
  readonly #place = new Vector3();
  #placed: readonly [RoomCamera, number, number] | null = null;

  constructor() {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', this.#corners);
    this.#lines = new LineSegments(geometry, new LineBasicMaterial({ color: LINE_COLOR }));
    this.#lines.frustumCulled = false;
    this.#texture.colorSpace = SRGBColorSpace;
    this.#picture = new Mesh(
      new PlaneGeometry(1, 1),
      new MeshBasicMaterial({ map: this.#texture, side: DoubleSide, transparent: true, opacity: OPACITY }),
    );
    this.#picture.visible = false;
    this.object.add(this.#lines, this.#picture);
    this.object.visible = false;
  }

  /** @param camera `null`: it isn't known where it is  @param width of the frame in pixels */
  place(camera: RoomCamera | null, width: number, height: number): void {
    this.object.visible = camera !== null;
    if (!camera) return;
    const [known, knownWidth, knownHeight] = this.#placed ?? [];
    if (camera === known && width === knownWidth && height === knownHeight) return;
    this.#placed = [camera, width, height];
    this.object.position.set(...camera.position);
    this.object.quaternion.set(...camera.rotation);
    const half = Math.tan((camera.fieldOfView * Math.PI) / 360) * PICTURE_DISTANCE;
    const [x, y] = width >= height ? [half, (half * height) / width] : [(half * width) / height, half];
    const corners = [
      [-x, -y],
      [x, -y],
      [x, y],
      [-x, y],
    ] as const;
    let at = 0;
    for (const [i, [cx, cy]] of corners.entries()) {
      const [nx, ny] = corners[(i + 1) % corners.length] ?? [0, 0];
      this.#corners.setXYZ(at++, 0, 0, 0);
      this.#corners.setXYZ(at++, cx, cy, -PICTURE_DISTANCE);
      this.#corners.setXYZ(at++, cx, cy, -PICTURE_DISTANCE);
      this.#corners.setXYZ(at++, nx, ny, -PICTURE_DISTANCE);
    }
    this.#corners.needsUpdate = true;
    this.#picture.scale.set(2 * x, 2 * y, 1);
    this.#picture.position.set(0, 0, -PICTURE_DISTANCE);
  }

  /** @param picture `null`: there is none */
  setPicture(picture: Picture | null, width: number, height: number): void {
    this.#picture.visible = picture !== null && this.object.visible;
    if (!picture || !this.object.visible) return;
    const scale = Math.min(1, PICTURE_WIDTH / width);
    const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
    if (this.#canvas.width !== w || this.#canvas.height !== h) {
      this.#canvas.width = w;
      this.#canvas.height = h;
      // Its room on the GPU has another size now.
      this.#texture.dispose();
    }
    this.#canvas.getContext('2d')?.drawImage(picture, 0, 0, w, h);
    this.#texture.needsUpdate = true;
  }

  /**
   * Lets the picture fade where it is between the eye and people, so that it never hides them.
   *
   * @param eye where the room is seen from, in the axes that people stand in
   * @param places of people: x, y, z and a score, one after the other
   */
  clearView(eye: Vector3, places: Iterable<Float32Array>): void {
    if (!this.object.visible) return;
    this.object.updateMatrix();
    const toCamera = this.#inverse.copy(this.object.matrix).invert();
    const from = this.#eye.copy(eye).applyMatrix4(toCamera);
    const [halfWidth, halfHeight] = [
      (this.#picture.scale.x / 2) * AROUND,
      (this.#picture.scale.y / 2) * AROUND,
    ];
    let isBetween = false;
    for (const positions of places) {
      for (let at = 0; at < positions.length && !isBetween; at += WORLD_STRIDE * EVERY_JOINT) {
        if (!((positions[at + 3] ?? 0) > 0)) continue;
        const to = this.#place
          .set(positions[at] ?? Number.NaN, positions[at + 1] ?? 0, positions[at + 2] ?? 0)
          .applyMatrix4(toCamera);
        const share = (-PICTURE_DISTANCE - from.z) / (to.z - from.z);
        if (!(share > 0 && share < 1)) continue;
        to.sub(from).multiplyScalar(share).add(from);
        isBetween = Math.abs(to.x) < halfWidth && Math.abs(to.y) < halfHeight;
      }
    }
    this.#picture.material.opacity = isBetween ? HIDDEN_OPACITY : OPACITY;
  }

  dispose(): void {
    this.#lines.geometry.dispose();
    this.#lines.material.dispose();
    this.#picture.geometry.dispose();
    this.#picture.material.dispose();
    this.#texture.dispose();
  }
}
