import {
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  DoubleSide,
  Group,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  SRGBColorSpace,
} from 'three';
import type { RoomCamera } from '../../core/recording.ts';

/** Metres from the camera at which its picture hangs. */
const PICTURE_DISTANCE = 0.7;
/** Wider pictures are drawn smaller before they go to the GPU. */
const PICTURE_WIDTH = 320;
const LINE_COLOR = 0x7c8aa5;

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
  #placed: readonly [RoomCamera, number, number] | null = null;

  constructor() {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', this.#corners);
    this.#lines = new LineSegments(geometry, new LineBasicMaterial({ color: LINE_COLOR }));
    this.#lines.frustumCulled = false;
    this.#texture.colorSpace = SRGBColorSpace;
    this.#picture = new Mesh(
      new PlaneGeometry(1, 1),
      new MeshBasicMaterial({ map: this.#texture, side: DoubleSide, transparent: true, opacity: 0.85 }),
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

  dispose(): void {
    this.#lines.geometry.dispose();
    this.#lines.material.dispose();
    this.#picture.geometry.dispose();
    this.#picture.material.dispose();
    this.#texture.dispose();
  }
}
