import { Mesh, WebGLRenderer } from 'three';
import { openWebGl } from '../../core/graphics/webgl.ts';
import type { Person } from '../../core/pose.ts';
import type { ActorOptions } from './actor-options.ts';
import { type BodyPlan, createBodyPlan } from './body-plan.ts';
import { postureAt } from './choreography.ts';
import { Figure } from './figure.ts';
import { computeJoints } from './joints.ts';
import { createFilmSet, type FilmSet } from './set.ts';
import { truthOf } from './truth.ts';

interface Actor {
  readonly seed: number;
  readonly plan: BodyPlan;
  readonly figure: Figure;
}

/** Seeds of the actors of one theatre lie this far apart. */
const SEED_STRIDE = 101;

/** Draws demo actors into a canvas of its own and knows where their joints are. For a worker. */
export class Theatre {
  readonly #options: ActorOptions;
  readonly #renderer: WebGLRenderer;
  readonly #canvas: OffscreenCanvas;
  readonly #set: FilmSet;
  readonly #actors: readonly Actor[];

  /** @throws {LimnError} if there is no WebGL 2 */
  constructor(options: ActorOptions) {
    this.#options = options;
    this.#canvas = new OffscreenCanvas(options.width, options.height);
    const attributes = { alpha: false, antialias: true, powerPreference: 'low-power' } as const;
    const context = openWebGl<WebGL2RenderingContext>(this.#canvas, attributes);
    this.#renderer = new WebGLRenderer({ canvas: this.#canvas, context, ...attributes });
    this.#renderer.setSize(options.width, options.height, false);
    this.#set = createFilmSet(options);
    this.#actors = Array.from({ length: options.actors }, (_, i) => {
      const seed = options.seed + i * SEED_STRIDE;
      const plan = createBodyPlan(seed);
      const figure = new Figure(plan);
      this.#set.scene.add(figure.object);
      return { seed, plan, figure };
    });
  }

  /** The picture of a frame, which the caller owns, and the truth about it. */
  draw(frame: number): { image: ImageBitmap; truth: Person[] } {
    const { width, height, frameRate } = this.#options;
    const time = frame / frameRate;
    const truth = this.#actors.map(({ seed, plan, figure }, i) => {
      const stand = this.#set.stands[i];
      if (!stand) throw new Error('Every actor has a stand.');
      const posture = postureAt(seed, stand, time);
      const joints = computeJoints(plan, posture);
      figure.update(joints);
      this.#set.shadows[i]?.position.setX(posture.x).setZ(posture.z);
      return truthOf(i, joints, this.#set.camera, width, height);
    });
    this.#renderer.render(this.#set.scene, this.#set.camera);
    return { image: this.#canvas.transferToImageBitmap(), truth };
  }

  close(): void {
    for (const { figure } of this.#actors) figure.dispose();
    this.#set.scene.traverse((object) => {
      if (object instanceof Mesh) object.geometry.dispose();
    });
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
  }
}
