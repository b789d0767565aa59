import { LimnError } from '../errors.ts';

/** What a context is asked for: names and meanings are WebGL's (`WebGLContextAttributes`). */
export interface WebGlAttributes {
  readonly alpha: boolean;
  readonly antialias: boolean;
  readonly powerPreference: 'low-power' | 'high-performance';
}

/**
 * A canvas' WebGL 2 context. It is opened here, since three.js writes console errors where there is none.
 *
 * @throws {LimnError} if there is no WebGL 2
 */
export function openWebGl<Context>(
  canvas: { getContext(kind: 'webgl2', attributes: WebGlAttributes): Context | null },
  attributes: WebGlAttributes,
): Context {
  const context = canvas.getContext('webgl2', attributes);
  if (!context)
    throw new LimnError('This browser has no WebGL 2 at the moment: nothing can be drawn in 3-D.');
  return context;
}
