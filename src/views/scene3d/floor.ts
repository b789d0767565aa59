import {
  CircleGeometry,
  Color,
  FrontSide,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  Vector2,
} from 'three';

export const FLOOR_COLOR = 0x262b34;
const LINE_COLOR = 0x66728a;
/** Metres between lines, strong and weak, for people and for hands. */
const STEPS: Readonly<Record<'people' | 'hands', readonly [strong: number, weak: number]>> = {
  people: [1, 0.25],
  hands: [0.1, 0.01],
};
const STRONG = 0.55;
const WEAK = 0.2;
/** How far the floor reaches beyond those who stand on it, in their own reach; and at least, in metres. */
const REACH = 3.2;
const LEAST_REACH: Readonly<Record<'people' | 'hands', number>> = { people: 4.5, hands: 0.6 };
/** Share of that from which on it fades out. */
const FADES_FROM = 0.25;

/** What stands on the floor: metres. */
export interface Ground {
  /** The floor's height. */
  readonly y: number;
  /** The middle of everybody over the floor, and how far they are from it at most. */
  readonly x: number;
  readonly z: number;
  readonly radius: number;
  readonly areHands: boolean;
}

/** A floor with a grid that fades out around those who stand on it. It can't be seen from below. */
export class Floor {
  readonly object: Mesh<CircleGeometry, MeshLambertMaterial | MeshBasicMaterial>;
  readonly #uniforms = {
    gridMiddle: { value: new Vector2() },
    gridReach: { value: LEAST_REACH.people },
    gridSteps: { value: new Vector2(STEPS.people[0], STEPS.people[1]) },
    gridColor: { value: new Color(LINE_COLOR) },
  };

  /** @param isLit shadows fall on it; else it has its colour everywhere, which takes half the time on a software GPU */
  constructor(isLit: boolean) {
    const geometry = new CircleGeometry(1, 48).rotateX(-Math.PI / 2);
    const look = { color: FLOOR_COLOR, transparent: true, side: FrontSide } as const;
    const material = isLit ? new MeshLambertMaterial(look) : new MeshBasicMaterial(look);
    material.depthWrite = false;
    // It is as dark as it is meant to be.
    material.toneMapped = false;
    material.onBeforeCompile = (shader) => {
      Object.assign(shader.uniforms, this.#uniforms);
      shader.vertexShader = shader.vertexShader
        .replace('#include <common>', '#include <common>\nvarying vec2 gridPlace;')
        .replace(
          '#include <begin_vertex>',
          '#include <begin_vertex>\ngridPlace = ( modelMatrix * vec4( position, 1.0 ) ).xz;',
        );
      shader.fragmentShader = shader.fragmentShader
        .replace('#include <common>', `#include <common>\n${GRID}`)
        .replace(
          '#include <color_fragment>',
          '#include <color_fragment>\ndiffuseColor = onGrid( diffuseColor );',
        );
    };
    this.object = new Mesh(geometry, material);
    this.object.receiveShadow = isLit;
    this.object.renderOrder = -1;
  }

  place({ x, y, z, radius, areHands }: Ground): void {
    const kind = areHands ? 'hands' : 'people';
    const reach = Math.max(LEAST_REACH[kind], radius * REACH);
    this.object.position.set(x, y, z);
    this.object.scale.setScalar(reach);
    this.#uniforms.gridMiddle.value.set(x, z);
    this.#uniforms.gridReach.value = reach;
    this.#uniforms.gridSteps.value.set(STEPS[kind][0], STEPS[kind][1]);
  }

  dispose(): void {
    this.object.geometry.dispose();
    this.object.material.dispose();
  }
}

/** Lines a pixel wide, which fade where they would lie closer than pixels. */
const GRID = /* glsl */ `
varying vec2 gridPlace;
uniform vec2 gridMiddle;
uniform float gridReach;
uniform vec2 gridSteps;
uniform vec3 gridColor;
float gridLine( float step ) {
  vec2 place = gridPlace / step;
  vec2 pixel = fwidth( place );
  vec2 near = abs( fract( place - 0.5 ) - 0.5 ) / max( pixel, vec2( 1e-6 ) );
  vec2 line = ( 1.0 - min( near, 1.0 ) ) * clamp( 1.5 - 3.0 * pixel, 0.0, 1.0 );
  return max( line.x, line.y );
}
vec4 onGrid( vec4 ground ) {
  float line = max( gridLine( gridSteps.x ) * ${STRONG.toFixed(3)}, gridLine( gridSteps.y ) * ${WEAK.toFixed(3)} );
  float away = length( gridPlace - gridMiddle ) / gridReach;
  float seen = 1.0 - smoothstep( ${FADES_FROM.toFixed(3)}, 1.0, away );
  return vec4( mix( ground.rgb, gridColor, line ), ground.a * seen );
}
`;
