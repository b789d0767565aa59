import { unzipSync } from 'fflate';
import { boxOfAll } from '../../../core/boxes.ts';
import type { Box, Detections } from '../../../core/pose.ts';
import { knownModel } from '../../catalog/catalog.ts';
import type { LiteRtEngineId } from '../../engines/engine-catalog.ts';
import type { DeviceInfo, EstimatorOptions, PoseEstimator } from '../../estimator.ts';
import type { OpenRequest } from '../../family-code.ts';
import { type AssetAddresses, fetchAsset, type ProgressSum } from '../../files/assets.ts';
import type { FrameImage } from '../../frame-image.ts';
import { MAXIMUM_HANDS } from '../../model-info.ts';
import { type LiteRt, startLiteRt } from '../../runtimes/litert.ts';
import type { LiteRtModel } from '../../runtimes/litert-model.ts';
import { Crowd } from './crowd.ts';
import { PALM_DETECTOR, POSE_DETECTOR } from './detector.ts';
import { FrameViewer } from './frame-view.ts';
import { HAND_SIDE, HandGraph } from './hand-graph.ts';
import { openOnGpu } from './open-checked.ts';
import { LANDMARK_SIDE, PoseGraph } from './pose-graph.ts';

/** What a bundle of MediaPipe's holds, by the names of its files: detector and landmark network. */
const PARTS = {
  pose: ['pose_detector.tflite', 'pose_landmarks_detector.tflite'],
  hands: ['hand_detector.tflite', 'hand_landmarks_detector.tflite'],
} as const;
const SIDES = {
  pose: [POSE_DETECTOR.side, LANDMARK_SIDE],
  hands: [PALM_DETECTOR.side, HAND_SIDE],
} as const;

/** MediaPipe's bodies and hands, its networks on LiteRT and its graphs here. */
export class GraphEstimator implements PoseEstimator {
  readonly options: EstimatorOptions;
  readonly device: DeviceInfo;
  networkMilliseconds = 0;
  readonly #pose: PoseGraph | null;
  readonly #hands: HandGraph | null;
  readonly #viewer = new FrameViewer();

  private constructor(
    options: EstimatorOptions,
    device: DeviceInfo,
    pose: PoseGraph | null,
    hands: HandGraph | null,
  ) {
    this.options = options;
    this.device = device;
    this.#pose = pose;
    this.#hands = hands;
  }

  /**
   * @param threads at most; as many as there are cores if nothing is said
   * @param openFinder opens whoever finds people, in place of MediaPipe's detector for bodies; `null`: that does
   * @throws what LiteRT throws when it can't start here; {LimnError} if a file can't be had
   */
  static async open(
    options: EstimatorOptions,
    engine: LiteRtEngineId,
    assets: AssetAddresses,
    progress: ProgressSum,
    threads?: number,
    openFinder: OpenRequest['openFinder'] = null,
  ): Promise<GraphEstimator> {
    const { finds, bundle = null } = knownModel(options.model) ?? {};
    const wantsHands = options.hands || finds === 'hands';
    const poseAsset = finds === 'bodies' && bundle ? assets[bundle] : null;
    const handAsset = wantsHands ? assets.hands : null;
    const isOnGpu = engine === 'litert-webgpu';
    const files = {
      pose: [poseAsset, poseAsset && isOnGpu && !openFinder ? assets['pose-detector-dense'] : null],
      hands: [handAsset, handAsset && isOnGpu ? assets['hand-detector-dense'] : null],
    } as const;
    for (const asset of [...files.pose, ...files.hands]) if (asset) progress.expect(asset);
    const fetchParts = ([bundle, dense]: (typeof files)['pose']): Promise<(Uint8Array | null)[]> =>
      Promise.all([bundle && fetchAsset(bundle, progress), dense && fetchAsset(dense, progress)]);
    const [liteRt, poseParts, handParts] = await Promise.all([
      startLiteRt(engine, assets, progress, threads),
      fetchParts(files.pose),
      fetchParts(files.hands),
    ]);
    const isVideo = options.mode === 'video';
    const opened: { close(): void }[] = [];
    const own = <Opened extends { close(): void }>(each: Opened): Opened => {
      opened.push(each);
      return each;
    };
    try {
      const posePart = partsOf(liteRt, 'pose', poseParts, isOnGpu);
      const handPart = partsOf(liteRt, 'hands', handParts, isOnGpu);
      const finder = posePart && openFinder ? own(await openFinder()) : null;
      const pose =
        posePart &&
        new PoseGraph(
          finder ? new Crowd(finder, options.people, isVideo) : own(await posePart(0)),
          own(await posePart(1)),
          options.people,
          isVideo,
          options.masks ?? false,
        );
      const mostHands = Math.min(MAXIMUM_HANDS, 2 * options.people);
      const hands =
        handPart && new HandGraph(own(await handPart(0)), own(await handPart(1)), mostHands, isVideo);
      const device = { engine, device: liteRt.device, isSoftwareGpu: liteRt.isSoftwareGpu };
      return new GraphEstimator(options, device, pose, hands);
    } catch (error) {
      for (const each of opened) each.close();
      throw error;
    }
  }

  async estimate(image: FrameImage, timestampMs: number): Promise<Detections> {
    const before = this.#totalMilliseconds;
    await this.#pose?.meet(image, timestampMs);
    const found = await this.#viewer.show(image, this.#part, async (frame) => ({
      ...(this.#pose ? await this.#pose.find(frame, timestampMs) : { bodies: [] }),
      hands: this.#hands ? await this.#hands.find(frame) : [],
    }));
    this.networkMilliseconds = this.#totalMilliseconds - before;
    return found;
  }

  get isLost(): boolean {
    return (this.#pose?.isLost ?? false) || (this.#hands?.isLost ?? false);
  }

  /** What the graphs look at in the next frame; `null`: all of it. */
  get #part(): Box | null {
    const parts: Box[] = [];
    for (const graph of [this.#pose, this.#hands]) {
      if (!graph) continue;
      const { part } = graph;
      if (!part) return null;
      parts.push(part);
    }
    return boxOfAll(parts);
  }

  get #totalMilliseconds(): number {
    return (this.#pose?.totalMilliseconds ?? 0) + (this.#hands?.totalMilliseconds ?? 0);
  }

  async reset(): Promise<void> {
    await this.#pose?.reset();
    this.#hands?.reset();
  }

  close(): void {
    this.#pose?.close();
    this.#hands?.close();
    this.#viewer.close();
  }
}

/**
 * What opens a network of a bundle on the engine: its detector (0) or its landmark network (1). Detectors have sparse weights,
 * which make them faster on WASM, and with which LiteRT computes wrongly on GPUs: there they get dense ones.
 *
 * @param files the bundle, and the detector's dense weights for GPUs
 * @returns `null`: there is no bundle
 */
function partsOf(
  liteRt: LiteRt,
  what: keyof typeof PARTS,
  [bundle, dense]: readonly (Uint8Array | null)[],
  isOnGpu: boolean,
): ((part: 0 | 1) => Promise<LiteRtModel>) | null {
  if (!bundle) return null;
  const entries = unzipSync(bundle);
  return (part) => {
    const name = PARTS[what][part];
    const bytes = entries[name];
    if (!bytes) throw new Error(`The bundle has no ${name}.`);
    const side = SIDES[what][part];
    const shape = [1, side, side, 3];
    if (!isOnGpu) return liteRt.open(bytes, shape, 'wasm');
    return openOnGpu(liteRt, part === 0 && dense ? dense : bytes, bytes, shape);
  };
}
