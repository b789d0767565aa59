import { Matrix4, PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { standPeople } from '../../../src/motion/placing/standing.ts';
import { Companion } from '../../../src/views/scene3d/camera/companion.ts';
import type { SeenView } from '../../../src/views/scene3d/camera/framing.ts';
import { axesOf, scaleBarOf } from '../../../src/views/scene3d/camera/marks.ts';
import { orbit } from '../../../src/views/scene3d/camera/orbit.ts';
import { personAt } from '../../../src/views/scene3d/camera/pick.ts';
import { Sharpness } from '../../../src/views/scene3d/camera/sharpness.ts';
import { CameraFigure } from '../../../src/views/scene3d/camera-figure.ts';
import type { FigureInstances } from '../../../src/views/scene3d/figure/figure-instances.ts';
import { SkeletonsMesh } from '../../../src/views/scene3d/figure/skeletons-mesh.ts';
import { ROOM_FRAME, roomRecordings } from '../../helpers/room-recordings.ts';

const seen = (position: SeenView['position'], target: SeenView['target'] = [0, 1, 0]): SeenView => ({
  position,
  target,
  aspect: 1,
});
const crossing = (frame: number) =>
  standPeople(roomRecordings['two crossing']?.[frame] ?? [], ROOM_FRAME.width, ROOM_FRAME.height);

describe('what is beside the room', () => {
  it('the axes are as the camera is turned, the nearest over the others', () => {
    const front = axesOf(seen([0, 1, 5]));
    expect(front.at(-1)).toMatchObject({ view: 'front', x: 0, y: 0 });
    expect(front.find(({ view }) => view === 'side')).toMatchObject({ x: 1, y: 0 });
    expect(front.find(({ view }) => view === 'top')).toMatchObject({ x: 0, y: 1 });
    const side = axesOf(seen([5, 1, 0]));
    expect(side.at(-1)?.view).toBe('side');
    expect(side.find(({ view }) => view === 'front')?.x).toBeCloseTo(-1);
  });

  it('the scale’s bar is 1, 2 or 5 of a unit, and as long as that is at what is looked at', () => {
    for (const [distance, metres] of [
      [4, 0.2],
      [9, 0.5],
      [20, 2],
      [0.6, 0.05],
    ] as const) {
      const view = seen([0, 1, distance]);
      const bar = scaleBarOf(view, 600, 110);
      expect(bar.metres).toBeCloseTo(metres);
      expect(bar.pixels).toBeLessThanOrEqual(110);
      const camera = new PerspectiveCamera(32, 1, 0.01, 100);
      camera.position.set(0, 1, distance);
      camera.lookAt(0, 1, 0);
      camera.updateMatrixWorld();
      expect((new Vector3(bar.metres, 1, 0).project(camera).x * 600) / 2).toBeCloseTo(bar.pixels, 3);
    }
  });
});

describe('the room’s camera', () => {
  it('goes round what it looks at, and not over the top', () => {
    const [x, y, z] = orbit(seen([0, 1, 4]), Math.PI / 2, 0, 0.5);
    expect([x, y, z].map((value) => Math.round(value * 1000) / 1000)).toEqual([2, 1, 0]);
    expect(orbit(seen([0, 1, 4]), 0, 10, 1)[1]).toBeCloseTo(5, 4);
  });

  it('goes with somebody over the floor, and jumps with them', () => {
    const companion = new Companion();
    const person = (x: number) => ({ id: 3, poses: [], pelvis: [x, 1, 0] as const });
    companion.join(person(0));
    expect(companion.isWith(3)).toBe(true);
    expect(companion.isWith(2)).toBe(false);
    let went = 0;
    for (let i = 0; i < 30; i++) went += companion.step(person(0.4))[0];
    expect(went).toBeCloseTo(0.4, 3);
    expect(companion.step(person(3))[0]).toBeCloseTo(2.6, 3);
    expect(companion.step({ id: 3, poses: [], pelvis: null })).toEqual([0, 0]);
  });

  it('finds who is clicked on, and nobody beside them; in a mirrored room, too', () => {
    const people = crossing(0);
    const camera = new PerspectiveCamera(32, 1, 0.05, 100);
    camera.position.set(0, 1, 10);
    camera.lookAt(0, 1, 0);
    camera.updateMatrixWorld();
    for (const isMirrored of [false, true]) {
      for (const { id, pelvis } of people) {
        const place = new Vector3(...(pelvis ?? [0, 0, 0]));
        if (isMirrored) place.x = -place.x;
        place.project(camera);
        const at = { x: ((place.x + 1) / 2) * 600, y: ((1 - place.y) / 2) * 600, width: 600, height: 600 };
        expect(personAt(people, camera, isMirrored, 0.5, at)).toBe(id);
      }
      const corner = { x: 5, y: 5, width: 600, height: 600 };
      expect(personAt(people, camera, isMirrored, 0.5, corner)).toBeNull();
    }
  });
});

describe('how finely the room is drawn', () => {
  const sizes = (sharpness: Sharpness) => {
    const ratios: number[] = [];
    const target = { resize: (_: number, __: number, ratio: number) => ratios.push(ratio) };
    return { ratios, draw: (how: 'coarse' | 'fine') => sharpness.fit(target, how === 'fine') };
  };

  it('on a software GPU never finely between frames that come slowly, and finely when no more come', () => {
    const sharpness = new Sharpness(true);
    sharpness.resize(500, 400, 1);
    const drawn: [time: number, how: string][] = [];
    for (let now = 0; now <= 4000; now += 10) {
      const how = sharpness.next(now, now % 300 === 0 && now <= 2100);
      if (how) drawn.push([now, how]);
    }
    expect(drawn.filter(([time, how]) => how === 'fine' && time > 300 && time < 2100)).toEqual([]);
    expect(drawn.at(-1)).toEqual([3000, 'fine']);
    // One step is drawn finely as soon as ever.
    expect(sharpness.next(9000, true)).toBe('coarse');
    expect(sharpness.next(9150, false)).toBe('fine');
  });

  it('on a software GPU coarsely while anything moves, and with several samples a pixel 150 ms later, once', () => {
    const sharpness = new Sharpness(true);
    sharpness.resize(500, 400, 1);
    const { ratios, draw } = sizes(sharpness);
    expect(sharpness.next(1000, true)).toBe('coarse');
    draw('coarse');
    expect(sharpness.next(1030, true)).toBeNull();
    expect(sharpness.next(1070, true)).toBe('coarse');
    draw('coarse');
    expect(sharpness.next(1200, false)).toBeNull();
    expect(sharpness.next(1221, false)).toBe('fine');
    draw('fine');
    expect(sharpness.next(1400, false)).toBeNull();
    expect(ratios).toEqual([0.6, 2]);
    expect(sharpness.next(1500, true)).toBe('coarse');
  });

  it('on others always with the screen’s pixels, up to two a CSS pixel', () => {
    const sharpness = new Sharpness(false);
    sharpness.resize(500, 400, 3);
    const { ratios, draw } = sizes(sharpness);
    expect(sharpness.next(0, true)).toBe('fine');
    draw('fine');
    expect(sharpness.next(1, true)).toBe('fine');
    expect(sharpness.next(500, false)).toBeNull();
    expect(ratios).toEqual([2]);
  });
});

describe('figures', () => {
  /** Radii of what is drawn, in metres, of those whose material is translucent, or of the others. */
  const radiiOf = (figures: SkeletonsMesh, isTranslucent: boolean): number[] => {
    const matrix = new Matrix4();
    const scale = new Vector3();
    return figures.object.children.flatMap((child) => {
      const mesh = child as FigureInstances['mesh'];
      if (mesh.material.transparent !== isTranslucent || !mesh.material.colorWrite) return [];
      return Array.from({ length: mesh.count }, (_, i) => {
        mesh.getMatrixAt(i, matrix);
        scale.setFromMatrixScale(matrix);
        return scale.x;
      });
    });
  };
  const look = { threshold: 0.5, scheme: 'sides', bones: 'tubes' } as const;

  it('ghosts are translucent, three fifths as thick, and drawn after all people', () => {
    const people = crossing(3);
    const figures = new SkeletonsMesh(true);
    figures.update(people, [people], look);
    const own = radiiOf(figures, false);
    const ghosts = radiiOf(figures, true);
    expect(ghosts).toHaveLength(own.length);
    const shares = own.map((radius, i) => (ghosts[i] ?? 0) / radius).sort((a, b) => a - b);
    expect(shares[Math.floor(shares.length / 2)]).toBeCloseTo(0.6);
    for (const child of figures.object.children) {
      const { material, renderOrder } = child as FigureInstances['mesh'];
      if (!material.transparent) continue;
      expect(renderOrder).toBeGreaterThan(0);
      if (material.colorWrite) expect(material.opacity).toBe(0.25);
    }
    figures.dispose();
  });

  it('nothing is drawn of keypoints that aren’t there, wherever they are said to be', () => {
    const figures = new SkeletonsMesh(false);
    const people = crossing(0).map((person) => ({
      ...person,
      poses: person.poses.map((pose) => {
        const positions = pose.positions.map((value, i) =>
          i % 4 === 3 ? 0 : i % 8 === 0 ? Number.NaN : value,
        );
        return { ...pose, positions };
      }),
    }));
    figures.update(people, [], look);
    expect(radiiOf(figures, false)).toEqual([]);
    figures.update(crossing(0), [], look);
    const radii = radiiOf(figures, false);
    expect(radii.length).toBeGreaterThan(50);
    expect(radii.every((radius) => radius > 0 && radius < 0.2)).toBe(true);
    figures.dispose();
  });

  it.each(['tubes', 'body'] as const)('nothing is allocated that grows with frames (%s)', (bones) => {
    const figures = new SkeletonsMesh(false);
    const counts = Array.from({ length: 5 }, () => {
      figures.update(crossing(2), [], { ...look, bones });
      return radiiOf(figures, false).length;
    });
    expect(new Set(counts).size).toBe(1);
    figures.dispose();
  });
});

describe('the camera’s picture in the room', () => {
  it('fades where it is between the eye and somebody', () => {
    const OffscreenCanvasBefore = globalThis.OffscreenCanvas;
    // Only its size is asked for.
    globalThis.OffscreenCanvas = class {
      width = 1;
      height = 1;
    } as never;
    try {
      const figure = new CameraFigure();
      figure.place(
        { position: [0, 1, 5], rotation: [0, 0, 0, 1], fieldOfView: 50, knownFrom: 'user' } as never,
        640,
        480,
      );
      const opacity = (): number => {
        const picture = figure.object.children.find((child) => 'isMesh' in child);
        return (picture as never as { material: { opacity: number } }).material.opacity;
      };
      const places = crossing(12).flatMap(({ poses }) => poses.map(({ positions }) => positions));
      figure.clearView(new Vector3(0, 1, 9), places);
      expect(opacity()).toBe(0);
      figure.clearView(new Vector3(9, 1, 0), places);
      expect(opacity()).toBeGreaterThan(0.5);
      figure.clearView(new Vector3(0, 1, 3), places);
      expect(opacity()).toBeGreaterThan(0.5);
      figure.dispose();
    } finally {
      globalThis.OffscreenCanvas = OffscreenCanvasBefore;
    }
  });
});
