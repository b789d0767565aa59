/**
 * A stand-in for the WebGL 2 context through which MediaPipe's runtime takes its pictures.
 *
 * tasks-vision uploads every picture as a texture, also for its CPU delegate, which then reads the texture back
 * before it computes. That way through the graphics driver costs more than the network where the GPU is a
 * software one (36 ms a frame of 1280×720 instead of 18, same landmarks), and needs WebGL where nothing else
 * does. For the CPU delegate a texture is only a place to keep pixels, and that is what this context is.
 *
 * It answers just the calls that tasks-vision 0.10.35 makes with `delegate: 'CPU'`; any other throws, so that
 * an engine that needs more fails when it starts and not in silence.
 */
class PixelContext {
  readonly TEXTURE_2D = 0x0de1;
  readonly RGBA = 0x1908;
  readonly UNSIGNED_BYTE = 0x1401;
  readonly UNPACK_FLIP_Y_WEBGL = 0x9240;
  readonly #textures = new Map<object, ImageData>();
  #boundTexture: object | null = null;
  /** The texture that the framebuffer shows, which is what is read. */
  #attachedTexture: object | null = null;

  createTexture(): object {
    return {};
  }

  deleteTexture(texture: object): void {
    this.#textures.delete(texture);
  }

  bindTexture(_target: number, texture: object | null): void {
    this.#boundTexture = texture;
  }

  texImage2D(...parameters: readonly unknown[]): void {
    const picture = parameters.at(-1);
    if (!(picture instanceof ImageData) || !this.#boundTexture) {
      throw new TypeError('Only ImageData can be put into the stand-in for a texture.');
    }
    this.#textures.set(this.#boundTexture, picture);
  }

  createFramebuffer(): object {
    return {};
  }

  framebufferTexture2D(
    _target: number,
    _attachment: number,
    _textureTarget: number,
    texture: object | null,
  ): void {
    this.#attachedTexture = texture;
  }

  checkFramebufferStatus(): number {
    return FRAMEBUFFER_COMPLETE;
  }

  /** Copies the attached texture into the runtime's memory. */
  readPixels(
    x: number,
    y: number,
    width: number,
    height: number,
    _format: number,
    _type: number,
    memory: Uint8Array,
    offset: number,
  ): void {
    const picture = this.#attachedTexture && this.#textures.get(this.#attachedTexture);
    if (!picture || x !== 0 || y !== 0 || width !== picture.width || height !== picture.height) {
      throw new RangeError('Only a whole picture can be read from the stand-in for a texture.');
    }
    memory.set(picture.data, offset);
  }

  getParameter(name: number): number | string | null {
    if (name === VERSION) return 'WebGL 2.0 (OpenGL ES 3.0, stand-in)';
    if (name === VENDOR || name === RENDERER) return 'Limn';
    return name === MAX_VERTEX_ATTRIBS ? 0 : null;
  }

  getContextAttributes(): object {
    return {};
  }

  getSupportedExtensions(): string[] {
    return [];
  }

  getExtension(): null {
    return null;
  }

  getError(): number {
    return 0;
  }

  isContextLost(): boolean {
    return false;
  }

  /** A fence tells when the GPU has finished; here everything has. */
  fenceSync(): object {
    return {};
  }

  deleteSync(): void {}
  deleteFramebuffer(): void {}
  activeTexture(): void {}
  texParameteri(): void {}
  bindFramebuffer(): void {}
  pixelStorei(): void {}
  flush(): void {}
  finish(): void {}
}

// Values of the WebGL 2 specification.
const FRAMEBUFFER_COMPLETE = 0x8cd5;
const VENDOR = 0x1f00;
const RENDERER = 0x1f01;
const VERSION = 0x1f02;
const MAX_VERTEX_ATTRIBS = 0x8869;

/** A canvas for a task with the CPU delegate. Pictures must be given to that task as `ImageData`. */
export function createPixelCanvas(): OffscreenCanvas {
  const canvas = new OffscreenCanvas(1, 1);
  const context = new PixelContext();
  Object.defineProperty(canvas, 'getContext', { value: () => context, writable: true });
  return canvas;
}
