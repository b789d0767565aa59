import {
  AxesHelper,
  CanvasTexture,
  GridHelper,
  Group,
  Line,
  LineSegments,
  type Material,
  Mesh,
  Sprite,
  SpriteMaterial,
} from 'three';

const SIZE_METRES = 8;
/** Labels stand at every so many metres. */
const LABELS = [-3, -2, -1, 1, 2, 3];
const LABEL_SIZE = 64;

export interface FloorColors {
  readonly strong: string;
  readonly weak: string;
  readonly text: string;
}

/** A grid of metres with its scale, and the axes: x red, y green, z blue. */
export function createFloor(colors: FloorColors): Group {
  const floor = new Group();
  const metres = new GridHelper(SIZE_METRES, SIZE_METRES, colors.strong, colors.strong);
  const parts = new GridHelper(SIZE_METRES, SIZE_METRES * 4, colors.weak, colors.weak);
  parts.position.y = -0.002;
  const axes = new AxesHelper(0.5);
  axes.position.y = 0.004;
  floor.add(parts, metres, axes);
  for (const metre of LABELS) {
    floor.add(
      createLabel(`${metre} m`, colors.text, metre, 0),
      createLabel(`${metre} m`, colors.text, 0, metre),
    );
  }
  return floor;
}

export function disposeFloor(floor: Group): void {
  floor.traverse((object) => {
    if (object instanceof Sprite) {
      object.material.map?.dispose();
      object.material.dispose();
    } else if (object instanceof LineSegments || object instanceof Line || object instanceof Mesh) {
      object.geometry.dispose();
      for (const material of [object.material].flat() as Material[]) material.dispose();
    }
  });
}

function createLabel(text: string, color: string, x: number, z: number): Sprite {
  const canvas = new OffscreenCanvas(LABEL_SIZE * 2, LABEL_SIZE);
  const context = canvas.getContext('2d');
  if (context) {
    context.font = `500 ${LABEL_SIZE * 0.5}px system-ui, sans-serif`;
    context.fillStyle = color;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(text, LABEL_SIZE, LABEL_SIZE / 2);
  }
  const material = new SpriteMaterial({
    map: new CanvasTexture(canvas),
    transparent: true,
    depthWrite: false,
  });
  const sprite = new Sprite(material);
  sprite.position.set(x, 0.05, z);
  sprite.scale.set(0.36, 0.18, 1);
  return sprite;
}
