import type { FaceLandmarker } from '@mediapipe/tasks-vision';
import { toSentence } from '../../../core/errors.ts';
import type { Pose } from '../../../core/pose.ts';
import type { AssetAddresses, ProgressSum } from '../../files/assets.ts';
import type { FrameImage } from '../../frame-image.ts';
import { PixelReader } from '../../runtimes/pixel-reader.ts';
import { blendshapesOf, partAround } from './match-blendshapes.ts';

/** Looks at faces that were found, and says what they do. What goes wrong is told once; faces go on without. */
export class BlendshapeReader {
  #landmarker: Pick<FaceLandmarker, 'detect' | 'close'> | null;
  readonly #pixels: Pick<PixelReader, 'read'>;
  readonly #onFailure: (reason: string) => void;

  /** @param landmarker becomes its own */
  constructor(
    landmarker: Pick<FaceLandmarker, 'detect' | 'close'>,
    onFailure: (reason: string) => void,
    pixels: Pick<PixelReader, 'read'> = new PixelReader(),
  ) {
    this.#landmarker = landmarker;
    this.#onFailure = onFailure;
    this.#pixels = pixels;
  }

  /** @returns `null`: MediaPipe's runtime can't read the bundle, which was told */
  static async open(
    bundle: Uint8Array,
    assets: AssetAddresses,
    progress: ProgressSum,
    onFailure: (reason: string) => void,
  ): Promise<BlendshapeReader | null> {
    try {
      const { openFaceLandmarker } = await import('../../runtimes/tasks-vision.ts');
      return new BlendshapeReader(await openFaceLandmarker(bundle, assets, progress), onFailure);
    } catch (error) {
      onFailure(toSentence(error));
      return null;
    }
  }

  /** The face with its blendshapes, if it is seen again. @param face `face-478`, in pixels of the frame */
  async look(image: FrameImage, face: Pose): Promise<Pose> {
    const wanted = partAround(face);
    if (!this.#landmarker || !wanted) return face;
    try {
      const part = await this.#pixels.read(image, wanted);
      const result = this.#landmarker.detect(new ImageData(part.data, part.width, part.height));
      const blendshapes = blendshapesOf(result, face, part);
      return blendshapes ? { ...face, blendshapes } : face;
    } catch (error) {
      this.close();
      this.#onFailure(toSentence(error));
      return face;
    }
  }

  /** Once is enough; more do no harm. */
  close(): void {
    const landmarker = this.#landmarker;
    this.#landmarker = null;
    landmarker?.close();
  }
}
