import { type Detections, POINT_STRIDE, type Pose } from '../../core/pose.ts';
import { CompiledSizes } from '../compiled-sizes.ts';
import type { NetworkEngineId } from '../engines/engine-catalog.ts';
import type { DeviceInfo, EstimatorOptions, PoseEstimator } from '../estimator.ts';
import type { AssetAddresses, ProgressSum } from '../files/assets.ts';
import { type FrameImage, type PictureSize, sizeOf } from '../frame-image.ts';
import type { ImportedNetwork } from '../network.ts';
import type { FramePlace } from '../picture-feed.ts';
import type { PictureScaling } from '../picture-scaling.ts';
import type { StartRuntime } from '../runtimes/maps-network.ts';
import { startChecked } from '../runtimes/parity.ts';
import { CropReader } from './crop-reader.ts';
import type { Explanation, FrameTimings, MapsInspector, ScalingTrial, ShownMap } from './explanation.ts';
import { STRIDE } from './grouping/bicubic.ts';
import { averageMaps } from './grouping/multi-scale.ts';
import type { Peak } from './grouping/peaks.ts';
import {
  findAllPeaks,
  type GroupedPerson,
  groupPeople,
  type PictureMaps,
  traceGrouping,
} from './grouping/people.ts';
import { type GroupingOptions, type MapsLayout, usualGrouping } from './layouts.ts';
import { DEFAULT_MAPS_OPTIONS, type MapsOptions } from './maps-options.ts';
import { netSizes } from './net-size.ts';
import { type RunnableMaps, runGraph } from './runnable-maps.ts';
import { allScalings, toTrial } from './scaling-trial.ts';

/** The maps of one frame, and where the frame lies in them. */
interface Looked {
  readonly maps: PictureMaps;
  readonly place: FramePlace;
  readonly frame: PictureSize;
  /** Milliseconds of the bare network. */
  readonly milliseconds: number;
}

/** The networks of an estimator: the one for bodies, and those for their hands and faces where they are there. */
export interface OpenPoseNetworks<Network = ImportedNetwork> {
  readonly bodies: Network;
  readonly hands: Network | null;
  readonly faces: Network | null;
}

/** A network of OpenPose's kind at work: everybody in the picture at once, from its maps. */
export class OpenPoseEstimator implements PoseEstimator, MapsInspector {
  readonly options: EstimatorOptions;
  readonly device: DeviceInfo;
  readonly #network: RunnableMaps;
  readonly #layout: MapsLayout;
  #maps: MapsOptions;
  readonly #crops: CropReader;
  readonly #compiled: CompiledSizes;
  #last: Looked | null = null;
  #timings: FrameTimings | null = null;

  /** @param networks its own from now on */
  constructor(
    options: EstimatorOptions,
    device: DeviceInfo,
    { bodies, hands, faces }: OpenPoseNetworks<RunnableMaps>,
  ) {
    this.options = options;
    this.device = device;
    this.#network = bodies;
    this.#layout = bodies.traits.layout;
    this.#maps = options.maps ?? DEFAULT_MAPS_OPTIONS;
    // They are large: of pictures of many shapes, only the last one's networks are kept.
    this.#compiled = new CompiledSizes(
      (height, width) => bodies.compile(height, width),
      this.#maps.scaleNumber,
    );
    this.#crops = new CropReader(hands, faces);
  }

  /** Opens networks with graphs of their own. @throws what the engine throws when it can't start here, or why its numbers are refused */
  static async open(
    options: EstimatorOptions,
    engine: NetworkEngineId,
    networks: OpenPoseNetworks,
    assets: AssetAddresses,
    progress: ProgressSum,
    startRuntime: StartRuntime,
  ): Promise<OpenPoseEstimator> {
    const { bodies } = networks;
    const { runtime, device } = await startChecked(
      engine,
      bodies,
      bodies.scaling,
      assets,
      progress,
      startRuntime,
    );
    return new OpenPoseEstimator(options, device, {
      bodies: runGraph(runtime, bodies),
      hands: networks.hands && runGraph(runtime, networks.hands),
      faces: networks.faces && runGraph(runtime, networks.faces),
    });
  }

  get inspector(): MapsInspector {
    return this;
  }

  get timings(): FrameTimings | null {
    return this.#timings;
  }

  get networkMilliseconds(): number | undefined {
    return this.#timings ? this.#timings.network + this.#crops.milliseconds : undefined;
  }

  async estimate(image: FrameImage): Promise<Detections> {
    const began = performance.now();
    const looked = await this.#look(image, this.#network.traits.scaling);
    this.#last = looked;
    const seen = performance.now();
    const grouping = this.#grouping(this.#maps.grouping);
    const peaks = findAllPeaks(looked.maps, this.#layout, grouping);
    const people = groupPeople(looked.maps, this.#layout, grouping, peaks);
    const bodies = this.#toBodies(people, looked);
    const done = performance.now();
    this.#timings = { frame: done - began, network: looked.milliseconds, people: done - seen };
    const { hands, faces } = await this.#crops.read(image, bodies, this.options);
    return {
      bodies,
      hands,
      ...(faces.length > 0 && { faces }),
      ...(this.#maps.partCandidates && { partCandidates: toCandidates(peaks, looked.place) }),
    };
  }

  get isLost(): boolean {
    return this.#compiled.isLost;
  }

  /** It follows nobody from frame to frame. */
  reset(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.#compiled.close();
    this.#network.close();
    this.#crops.close();
    this.#last = null;
  }

  regroup(grouping: Partial<GroupingOptions>): void {
    this.#maps = { ...this.#maps, grouping };
  }

  explain(change: Partial<GroupingOptions>): Explanation | null {
    const looked = this.#last;
    if (!looked) return null;
    const began = performance.now();
    const grouping = this.#grouping(change);
    const { people, peaks, limbs } = traceGrouping(looked.maps, this.#layout, grouping);
    const { scaleX, scaleY } = looked.place;
    const starts: number[] = [];
    const all = peaks.flatMap((found, keypoint) => {
      starts.push(keypoint === 0 ? 0 : (starts[keypoint - 1] ?? 0) + (peaks[keypoint - 1]?.length ?? 0));
      return found.map(({ x, y, score }) => ({ keypoint, x: x / scaleX, y: y / scaleY, score }));
    });
    return {
      bodies: this.#toBodies(people, looked),
      peaks: all,
      limbs: limbs.map((limb) => {
        const { from, to } = this.#layout.limbs[limb.limb] ?? { from: 0, to: 0 };
        return { ...limb, from: (starts[from] ?? 0) + limb.from, to: (starts[to] ?? 0) + limb.to };
      }),
      grouping,
      milliseconds: performance.now() - began,
    };
  }

  map(index: number): ShownMap | null {
    const looked = this.#last;
    const { keypoints, heatmaps, limbs, fieldsAt } = this.#layout;
    if (!looked || index < 0 || index >= keypoints + limbs.length) return null;
    const { values, width, height } = looked.maps;
    const channel = (at: number): Float32Array =>
      values.subarray(at * width * height, (at + 1) * width * height);
    const limb = limbs[index - keypoints];
    const shown = limb
      ? lengths(channel(fieldsAt + limb.x), channel(fieldsAt + limb.y))
      : channel(Math.max(0, heatmaps[index] ?? 0)).map((value) => Math.min(1, Math.max(0, value)));
    const { frame, place } = looked;
    return {
      values: shown,
      width,
      height,
      filledX: (frame.width * place.scaleX) / (width * STRIDE),
      filledY: (frame.height * place.scaleY) / (height * STRIDE),
    };
  }

  async tryScalings(image: FrameImage): Promise<ScalingTrial[]> {
    const trials: ScalingTrial[] = [];
    for (const scaling of allScalings) {
      const { maps } = await this.#look(image, scaling);
      trials.push(toTrial(scaling, groupPeople(maps, this.#layout, this.#grouping(this.#maps.grouping))));
    }
    return trials;
  }

  #grouping(change: Partial<GroupingOptions>): GroupingOptions {
    return {
      ...usualGrouping(this.#layout, this.#network.traits.implementation, this.#maps.maximizePositives),
      ...change,
    };
  }

  /** The maps of a frame, averaged over all sizes that it is looked at. */
  async #look(image: FrameImage, scaling: PictureScaling): Promise<Looked> {
    const frame = sizeOf(image);
    const { fixedSize, traits } = this.#network;
    const sizes = fixedSize ? [fixedSize] : netSizes(frame, this.#maps);
    const all: (PictureMaps & { readonly fillX: number; readonly fillY: number })[] = [];
    let first: FramePlace | null = null;
    let milliseconds = 0;
    for (const size of sizes) {
      const { network, feed } = await this.#compiled.get(size);
      const place = feed.place(frame, traits.implementation === 'openpose');
      const values = toPlanes(await network.run(feed.fill(image, place, scaling)), this.#layout.channels);
      milliseconds += network.milliseconds;
      all.push({
        values,
        width: size.width / STRIDE,
        height: size.height / STRIDE,
        fillX: (frame.width * place.scaleX) / size.width,
        fillY: (frame.height * place.scaleY) / size.height,
      });
      first ??= place;
    }
    return { maps: averageMaps(all), place: first ?? { scaleX: 1, scaleY: 1 }, frame, milliseconds };
  }

  #toBodies(people: GroupedPerson[], { place }: Looked): Pose[] {
    return people
      .sort((a, b) => b.score - a.score)
      .slice(0, this.options.people)
      .map(({ points }) => ({
        set: this.#layout.set,
        points: toFrame(points, place),
        world: null,
        handedness: null,
      }));
  }
}

/** From the network's pixels to those of the frame. */
function toFrame(points: Float32Array, { scaleX, scaleY }: FramePlace): Float32Array {
  const scaled = points.slice();
  for (let at = 0; at < scaled.length; at += POINT_STRIDE) {
    scaled[at] = (scaled[at] ?? 0) / scaleX;
    scaled[at + 1] = (scaled[at + 1] ?? 0) / scaleY;
  }
  return scaled;
}

/** By keypoint, x, y and score of each peak, in the frame's pixels. */
function toCandidates(peaks: readonly (readonly Peak[])[], { scaleX, scaleY }: FramePlace): number[][] {
  return peaks.map((all) => all.flatMap(({ x, y, score }) => [x / scaleX, y / scaleY, score]));
}

function lengths(x: Float32Array, y: Float32Array): Float32Array {
  return x.map((value, i) => Math.min(1, Math.hypot(value, y[i] ?? 0)));
}

/** Channel by channel instead of pixel by pixel. */
function toPlanes(maps: Float32Array, channels: number): Float32Array {
  const cells = maps.length / channels;
  const planes = new Float32Array(maps.length);
  // Read in order, written with jumps: that is the faster way round. `as number`: the indices are inside.
  for (let cell = 0, from = 0; cell < cells; cell++) {
    for (let to = cell; to < planes.length; to += cells, from++) planes[to] = maps[from] as number;
  }
  return cells > 0 ? planes : maps;
}
