import { LimnError } from '../../core/errors.ts';
import { type Detections, POINT_STRIDE, type Pose } from '../../core/pose.ts';
import { toTflite } from '../../importers/writers/to-tflite.ts';
import type { AssetAddresses, ProgressSum } from '../assets.ts';
import type { TrackingEngineId } from '../engine-catalog.ts';
import {
  type DeviceInfo,
  type EstimatorOptions,
  type FrameImage,
  type PoseEstimator,
  sizeOf,
} from '../estimator.ts';
import type { ImportedNetwork } from '../imported.ts';
import { LiteRtNetwork, loadLiteRtRuntime } from '../runtime/litert.ts';
import { STRIDE } from './bicubic.ts';
import { type GroupingOptions, layoutOf, type MapsLayout, usualGrouping } from './layouts.ts';
import { groupPeople } from './people.ts';

/** Rows of the network's picture (OpenPose's `net_resolution`, -1x368); columns follow the picture's shape. */
const NET_HEIGHT = 368;
/** OpenPose rounds to this, and so that a picture is never larger than so many columns. */
const NET_STEP = 16;
const MAXIMUM_NET_WIDTH = 1280;
/** tf-pose's own thresholds (ildoonet/tf-pose-estimation, tf_pose/estimator.py). */
const TF_POSE_GROUPING: GroupingOptions = {
  peakThreshold: 0.15,
  limbThreshold: 0.05,
  limbShare: 0.75,
  minimumKeypoints: 4,
  minimumScore: 0.3,
};
const PIXEL_BYTES = 4;

interface Compiled {
  readonly network: LiteRtNetwork;
  readonly width: number;
  readonly context: OffscreenCanvasRenderingContext2D;
  readonly input: Float32Array;
}

/** A network of OpenPose's kind on LiteRT: everybody in the picture at once, from its maps. */
export class OpenPoseEstimator implements PoseEstimator {
  readonly options: EstimatorOptions;
  readonly device: DeviceInfo;
  readonly #network: ImportedNetwork;
  readonly #layout: MapsLayout;
  readonly #accelerator: 'wasm' | 'webgpu';
  #compiled: Compiled | null = null;

  private constructor(
    options: EstimatorOptions,
    device: DeviceInfo,
    network: ImportedNetwork,
    layout: MapsLayout,
  ) {
    this.options = options;
    this.device = device;
    this.#network = network;
    this.#layout = layout;
    this.#accelerator = device.engine === 'litert-webgpu' ? 'webgpu' : 'wasm';
  }

  /** @throws what the engine throws when it can't start here */
  static async open(
    options: EstimatorOptions,
    engine: TrackingEngineId,
    network: ImportedNetwork,
    assets: AssetAddresses,
    progress: ProgressSum,
  ): Promise<OpenPoseEstimator> {
    const layout = layoutOf(network.channels);
    if (!layout)
      throw new LimnError(
        `${network.info.label} gives ${network.channels} maps, which no skeleton is known for.`,
      );
    const device = await describeDevice(engine);
    const threads = await loadLiteRtRuntime(assets, progress);
    const described =
      engine === 'litert-wasm' ? `WASM · ${threads} ${threads === 1 ? 'thread' : 'threads'}` : device.device;
    const estimator = new OpenPoseEstimator(options, { ...device, device: described }, network, layout);
    // An engine that refuses the network is to be known before the first picture.
    await estimator.#compile(NET_HEIGHT);
    return estimator;
  }

  async estimate(image: FrameImage): Promise<Detections> {
    const { width, height } = sizeOf(image);
    const wished = Math.round((NET_HEIGHT * width) / Math.max(1, height) / NET_STEP) * NET_STEP;
    const netWidth = Math.min(MAXIMUM_NET_WIDTH, Math.max(NET_STEP * 4, wished));
    const compiled = await this.#compile(netWidth);
    this.#readPicture(image, compiled);
    const maps = await compiled.network.run(compiled.input, [1, NET_HEIGHT, netWidth, 3]);
    const [columns, rows] = [netWidth / STRIDE, NET_HEIGHT / STRIDE];
    const grouping = this.#network.manner === 'tf-pose' ? TF_POSE_GROUPING : usualGrouping(this.#layout);
    const people = groupPeople(toPlanes(maps, this.#layout.channels), columns, rows, this.#layout, grouping);
    people.sort((a, b) => b.score - a.score);
    const bodies = people
      .slice(0, this.options.people)
      .map(({ points }) => this.#toPose(points, width / netWidth, height / NET_HEIGHT));
    return { bodies, hands: [] };
  }

  /** It follows nobody from frame to frame. */
  reset(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.#compiled?.network.close();
    this.#compiled = null;
  }

  /** Written and compiled for pictures of that width; a network is of one size. */
  async #compile(width: number): Promise<Compiled> {
    if (this.#compiled?.width === width) return this.#compiled;
    const context = new OffscreenCanvas(width, NET_HEIGHT).getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('This browser gives workers no 2-D canvas.');
    const network = await LiteRtNetwork.open(
      toTflite(this.#network.graph, NET_HEIGHT, width),
      this.#accelerator,
    );
    this.#compiled?.network.close();
    this.#compiled = { network, width, context, input: new Float32Array(NET_HEIGHT * width * 3) };
    return this.#compiled;
  }

  #readPicture(image: FrameImage, { context, width, input }: Compiled): void {
    const { order, scale, shift } = this.#network.scaling;
    context.drawImage(image, 0, 0, width, NET_HEIGHT);
    const { data } = context.getImageData(0, 0, width, NET_HEIGHT);
    const [first, last] = order === 'bgr' ? [2, 0] : [0, 2];
    for (let from = 0, to = 0; from < data.length; from += PIXEL_BYTES, to += 3) {
      input[to] = (data[from + first] ?? 0) * scale + shift;
      input[to + 1] = (data[from + 1] ?? 0) * scale + shift;
      input[to + 2] = (data[from + last] ?? 0) * scale + shift;
    }
  }

  /** From the network's pixels to those of the picture. */
  #toPose(points: Float32Array, scaleX: number, scaleY: number): Pose {
    const scaled = points.slice();
    for (let at = 0; at < scaled.length; at += POINT_STRIDE) {
      scaled[at] = (scaled[at] ?? 0) * scaleX;
      scaled[at + 1] = (scaled[at + 1] ?? 0) * scaleY;
    }
    return { set: this.#layout.set, points: scaled, world: null, handedness: null };
  }
}

/** Channel by channel instead of pixel by pixel. */
function toPlanes(maps: Float32Array, channels: number): Float32Array {
  const cells = maps.length / channels;
  const planes = new Float32Array(maps.length);
  for (let cell = 0, at = 0; cell < cells; cell++) {
    for (let channel = 0; channel < channels; channel++, at++) planes[channel * cells + cell] = maps[at] ?? 0;
  }
  return planes;
}

async function describeDevice(engine: TrackingEngineId): Promise<DeviceInfo> {
  if (engine === 'litert-wasm') return { engine, device: 'WASM', isSoftwareGpu: false };
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) throw new Error('This browser has no WebGPU here.');
  const { description, vendor, architecture } = adapter.info;
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'GPU';
  const isSoftwareGpu = /swiftshader|llvmpipe|software/i.test(`${name} ${vendor} ${architecture}`);
  return {
    engine,
    device: isSoftwareGpu ? `WebGPU · software GPU (${name})` : `WebGPU · ${name}`,
    isSoftwareGpu,
  };
}
