import type { Region } from './region.ts';
import type { Border } from './sampler.ts';

const WORKGROUP = 8;
/** Numbers of `Look` in the program, as float32. */
const LOOK_NUMBERS = 12;

/**
 * One pass from the frame to the network's picture: crop, turn, letterbox, resize and normalise. The same arithmetic as
 * `sampleRegion`, whose docstring names its source: places to a 32nd of a pixel, results of 8 bits.
 */
const PROGRAM = /* wgsl */ `
struct Look {
  start: vec2f,
  step: vec2f,
  last: vec2f,
  low: f32,
  high: f32,
  side: f32,
  isZero: f32,
  edge: f32,
  unused: f32,
}

@group(0) @binding(0) var frame: texture_external;
@group(0) @binding(1) var<uniform> look: Look;
@group(0) @binding(2) var<storage, read_write> picture: array<f32>;

fn pixel(place: vec2i) -> vec3f {
  let isInside = all(place >= vec2i(0)) && all(place < vec2i(textureDimensions(frame)));
  if (look.isZero > 0.5 && !isInside) {
    return vec3f(0.0);
  }
  return textureLoad(frame, clamp(place, vec2i(0), vec2i(look.last))).rgb;
}

@compute @workgroup_size(${WORKGROUP}, ${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let side = u32(look.side);
  if (id.x >= side || id.y >= side) {
    return;
  }
  let place = look.start + look.edge * look.step * f32(id.x) + vec2f(-look.step.y, look.step.x) * f32(id.y);
  let parts = vec2i(floor(place * 32.0 + 0.5));
  let corner = parts >> vec2u(5u);
  let share = vec2f(parts & vec2i(31)) / 32.0;
  let upper = mix(pixel(corner), pixel(corner + vec2i(1, 0)), share.x);
  let lower = mix(pixel(corner + vec2i(0, 1)), pixel(corner + vec2i(1, 1)), share.x);
  let level = floor(mix(upper, lower, share.y) * 255.0 + 0.5) / 255.0;
  let value = look.low + level * (look.high - look.low);
  let at = 3u * (id.y * side + id.x);
  picture[at] = value.r;
  picture[at + 1u] = value.g;
  picture[at + 2u] = value.b;
}
`;

/** Brings regions of frames to networks' pictures without leaving the GPU. */
export class GpuSampler {
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  readonly #look: GPUBuffer;
  #takesFrames: boolean | null = null;
  readonly #numbers = new Float32Array(LOOK_NUMBERS);

  constructor(device: GPUDevice) {
    this.#device = device;
    this.#pipeline = device.createComputePipeline({
      layout: 'auto',
      compute: { module: device.createShaderModule({ code: PROGRAM }) },
    });
    this.#look = device.createBuffer({
      size: this.#numbers.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
  }

  /**
   * Does this browser give its GPU frames? Where pages are shown without one, Chromium doesn't.
   *
   * @param frame any one to try it with
   */
  takes(frame: VideoFrame): boolean {
    this.#takesFrames ??= this.#canImport(frame);
    return this.#takesFrames;
  }

  /**
   * Puts the pass into the device's queue. The frame is imported for each pass: what was imported before an `await` shows
   * other pixels after it, without an error (decoded frames in Chromium 156).
   *
   * @param frame upright, of square pixels
   * @param levels 256 numbers, on a line: what is written for each level
   * @param picture side × side × 3 numbers, float32
   * @param isMirrored the first column is the square's right edge, and columns go to the left
   */
  sample(
    frame: VideoFrame,
    { x, y, size, rotation }: Region,
    side: number,
    border: Border,
    levels: Float32Array,
    picture: GPUBuffer,
    isMirrored = false,
  ): void {
    const step = size / side;
    const [stepX, stepY] = [Math.cos(rotation) * step, Math.sin(rotation) * step];
    const edge = isMirrored ? -1 : 1;
    this.#numbers.set([
      // The corner that is at the left and at the top once it is upright.
      x - (edge * stepX - stepY) * (side / 2),
      y - (edge * stepY + stepX) * (side / 2),
      stepX,
      stepY,
      frame.displayWidth - 1 - hiddenEdge(frame.codedWidth, frame.displayWidth),
      frame.displayHeight - 1 - hiddenEdge(frame.codedHeight, frame.displayHeight),
      levels[0] ?? 0,
      levels.at(-1) ?? 1,
      side,
      border === 'zero' ? 1 : 0,
      edge,
      0,
    ]);
    const { queue } = this.#device;
    queue.writeBuffer(this.#look, 0, this.#numbers);
    const group = this.#device.createBindGroup({
      layout: this.#pipeline.getBindGroupLayout(0),
      entries: [
        { binding: 0, resource: this.#device.importExternalTexture({ source: frame }) },
        { binding: 1, resource: { buffer: this.#look } },
        { binding: 2, resource: { buffer: picture } },
      ],
    });
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(Math.ceil(side / WORKGROUP), Math.ceil(side / WORKGROUP));
    pass.end();
    queue.submit([encoder.finish()]);
  }

  close(): void {
    this.#look.destroy();
  }

  #canImport(frame: VideoFrame): boolean {
    try {
      this.#device.importExternalTexture({ source: frame });
      return true;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'OperationError') return false;
      throw error;
    }
  }
}

/**
 * Where a frame is stored larger than it is shown, the GPU sees in its last row or column what lies beyond it (films in
 * Chromium 156): the one before stands for it.
 */
function hiddenEdge(stored: number, shown: number): 0 | 1 {
  return stored > shown ? 1 : 0;
}
