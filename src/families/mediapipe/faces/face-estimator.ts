import type { Detections } from '../../../core/pose.ts';
import type { EngineId, LiteRtEngineId } from '../../engines/engine-catalog.ts';
import type { PoseEstimator } from '../../estimator.ts';
import { type AssetAddresses, fetchAsset, type ProgressSum } from '../../files/assets.ts';
import type { FrameImage } from '../../frame-image.ts';
import { openBeside, PartsEstimator } from '../../parts-estimator.ts';
import { startLiteRt } from '../../runtimes/litert.ts';
import type { LiteRtModel } from '../../runtimes/litert-model.ts';
import { FACE_DETECTOR } from '../graph/detector.ts';
import { openOnGpu } from '../graph/open-checked.ts';
import type { BlendshapeReader } from './blendshape-reader.ts';
import { EYE_SIDE, FACE_SIDE, FaceGraph } from './face-graph.ts';

/** Another estimator, whatever its network and engine, with faces beside its bodies: MediaPipe's, on LiteRT. */
export class FaceEstimator extends PartsEstimator<FaceGraph> {
  /** `null`: nobody says what faces do. */
  readonly #blendshapes: BlendshapeReader | null;

  private constructor(bodies: PoseEstimator, faces: FaceGraph, blendshapes: BlendshapeReader | null) {
    super(bodies, faces);
    this.#blendshapes = blendshapes;
  }

  /**
   * @param bodies becomes its own, and is closed if faces can't be opened beside it
   * @param openBlendshapes what says what faces do, which becomes its own, too; `null`: nothing does. It throws nothing
   * @param threads at most; as many as there are cores if nothing is said
   * @throws what LiteRT throws when it can't start here; {LimnError} if a file can't be had
   */
  static open(
    bodies: PoseEstimator,
    assets: AssetAddresses,
    progress: ProgressSum,
    openBlendshapes: (() => Promise<BlendshapeReader | null>) | null,
    threads?: number,
  ): Promise<FaceEstimator> {
    return openBeside(bodies, async () => {
      const faces = await openFaceGraph(bodies, assets, progress, threads);
      return new FaceEstimator(bodies, faces, openBlendshapes && (await openBlendshapes()));
    });
  }

  protected async look(image: FrameImage, { bodies, faces }: Detections): Promise<Pick<Detections, 'faces'>> {
    const found = await this.parts.find(image, bodies);
    const blendshapes = this.#blendshapes;
    if (blendshapes) {
      for (const [i, face] of found.entries()) if (face) found[i] = await blendshapes.look(image, face);
    }
    // Whole-body networks have faces of their own.
    return { faces: bodies.map((_, i) => found[i] ?? faces?.[i] ?? null) };
  }

  override reset(): Promise<void> {
    this.parts.reset();
    return super.reset();
  }

  override close(): void {
    this.#blendshapes?.close();
    super.close();
  }
}

/** On the GPU beside networks that LiteRT runs there, so that the frame stays there; else on WASM. */
function engineBeside(engine: EngineId): LiteRtEngineId {
  return engine === 'litert-webgpu' ? 'litert-webgpu' : 'litert-wasm';
}

async function openFaceGraph(
  { options, device }: PoseEstimator,
  assets: AssetAddresses,
  progress: ProgressSum,
  threads: number | undefined,
): Promise<FaceGraph> {
  const engine = engineBeside(device.engine);
  const files = [assets['face-detector'], assets['face-landmarks'], assets['face-irises']] as const;
  for (const file of files) progress.expect(file);
  const [liteRt, ...bytes] = await Promise.all([
    startLiteRt(engine, assets, progress, threads),
    fetchAsset(files[0], progress),
    fetchAsset(files[1], progress),
    fetchAsset(files[2], progress),
  ]);
  const opened: LiteRtModel[] = [];
  const open = async (network: Uint8Array, side: number): Promise<LiteRtModel> => {
    const shape = [1, side, side, 3];
    const model =
      engine === 'litert-webgpu'
        ? await openOnGpu(liteRt, network, network, shape)
        : await liteRt.open(network, shape, 'wasm');
    opened.push(model);
    return model;
  };
  try {
    const networks = {
      detector: await open(bytes[0], FACE_DETECTOR.side),
      landmarks: await open(bytes[1], FACE_SIDE),
      irises: await open(bytes[2], EYE_SIDE),
    };
    return new FaceGraph(networks, options.mode === 'video');
  } catch (error) {
    for (const model of opened) model.close();
    throw error;
  }
}
