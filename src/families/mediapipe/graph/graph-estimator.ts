import { unzipSync } from 'fflate';
import { boxOfAll } from '../../../core/boxes.ts';
import type { Box, Detections } from '../../../core/pose.ts';
import { knownModel } from '../../catalog.ts';
import type { LiteRtEngineId } from '../../engines/engine-catalog.ts';
import type { DeviceInfo, EstimatorOptions, PoseEstimator } from '../../estimator.ts';
import { type AssetAddresses, fetchAsset, type ProgressSum } from '../../files/assets.ts';
import type { FrameImage } from '../../frame-image.ts';
import { MAXIMUM_HANDS } from '../../model-info.ts';
import { type LiteRt, startLiteRt } from '../../runtimes/litert.ts';
import type { LiteRtModel } from '../../runtimes/litert-model.ts';
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
   * @throws what LiteRT throws when it can't start here; {LimnError} if a file can't be had
   */
  static async open(
    options: EstimatorOptions,
    engine: LiteRtEngineId,
    assets: AssetAddresses,
    progress: ProgressSum,
    threads?: number,
  ): Promise<GraphEstimator> {
    const { finds, bundle = null } = knownModel(options.model) ?? {};
    const wantsHands = options.hands || finds === 'hands';
    const poseAsset = finds === 'bodies' && bundle ? assets[bundle] : null;
    const handAsset = wantsHands ? assets.hands : null;
    const isOnGpu = engine === 'litert-webgpu';
    const files = {
      pose: [poseAsset, poseAsset && isOnGpu ? assets['pose-detector-dense'] : null],
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
    const open = async (what: keyof typeof PARTS, [bundle, dense]: readonly (Uint8Array | null)[]) =>
      bundle ? openParts(liteRt, bundle, what, dense ?? null) : null;
    const pose = await open('pose', poseParts);
    const hands = await open('hands', handParts).catch((error: unknown) => {
      for (const model of pose ?? []) model.close();
      throw error;
    });
    return new GraphEstimator(
      options,
      { engine, device: liteRt.device, isSoftwareGpu: liteRt.isSoftwareGpu },
      pose && new PoseGraph(...pose, options.people, isVideo, options.masks ?? false),
      hands && new HandGraph(...hands, Math.min(MAXIMUM_HANDS, 2 * options.people), isVideo),
    );
  }

  async estimate(image: FrameImage, timestampMs: number): Promise<Detections> {
    const before = this.#totalMilliseconds;
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

  reset(): Promise<void> {
    this.#pose?.reset();
    this.#hands?.reset();
    return Promise.resolve();
  }

  close(): void {
    this.#pose?.close();
    this.#hands?.close();
    this.#viewer.close();
  }
}

/**
 * Both networks on the engine. Detectors have sparse weights, which make them faster on WASM, and with which LiteRT
 * computes wrongly on GPUs: there they get dense ones.
 *
 * @param dense the detector's, for GPUs
 * @throws {Error} if the engine computes otherwise than WASM
 */
async function openParts(
  liteRt: LiteRt,
  bundle: Uint8Array,
  what: keyof typeof PARTS,
  dense: Uint8Array | null,
): Promise<[detector: LiteRtModel, landmarks: LiteRtModel]> {
  const entries = unzipSync(bundle);
  const read = (part: 0 | 1): Uint8Array => {
    const bytes = entries[PARTS[what][part]];
    if (!bytes) throw new Error(`The bundle has no ${PARTS[what][part]}.`);
    return bytes;
  };
  const [detectorSide, side] = SIDES[what];
  const open = (part: 0 | 1, size: number): Promise<LiteRtModel> =>
    dense
      ? openOnGpu(liteRt, part === 0 ? dense : read(1), read(part), [1, size, size, 3])
      : liteRt.open(read(part), [1, size, size, 3], 'wasm');
  const detector = await open(0, detectorSide);
  try {
    return [detector, await open(1, side)];
  } catch (error) {
    detector.close();
    throw error;
  }
}
