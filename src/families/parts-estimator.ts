import type { Detections } from '../core/pose.ts';
import type { DeviceInfo, EstimatorOptions, PoseEstimator } from './estimator.ts';
import type { FrameImage } from './frame-image.ts';

/** What looks at parts of bodies: hands, or faces. */
interface PartsReader {
  /** Of all its looks so far. */
  readonly totalMilliseconds: number;
  readonly isLost: boolean;
  close(): void;
}

/** Another estimator, whatever its network, with parts of its bodies that networks of their own find. */
export abstract class PartsEstimator<Reader extends PartsReader> implements PoseEstimator {
  protected readonly parts: Reader;
  readonly #bodies: PoseEstimator;
  #milliseconds = 0;

  /** @param bodies its own from now on, as is `parts` */
  constructor(bodies: PoseEstimator, parts: Reader) {
    this.#bodies = bodies;
    this.parts = parts;
  }

  /** The parts of bodies that were found in a picture. */
  protected abstract look(image: FrameImage, found: Detections): Promise<Partial<Detections>>;

  get options(): EstimatorOptions {
    return this.#bodies.options;
  }

  get device(): DeviceInfo {
    return this.#bodies.device;
  }

  get isLost(): boolean {
    return (this.#bodies.isLost ?? false) || this.parts.isLost;
  }

  get networkMilliseconds(): number | undefined {
    const { networkMilliseconds } = this.#bodies;
    return networkMilliseconds === undefined ? undefined : networkMilliseconds + this.#milliseconds;
  }

  get inspector(): PoseEstimator['inspector'] {
    return this.#bodies.inspector;
  }

  async estimate(image: FrameImage, timestampMs: number): Promise<Detections> {
    const detections = await this.#bodies.estimate(image, timestampMs);
    const before = this.parts.totalMilliseconds;
    const found = await this.look(image, detections);
    this.#milliseconds = this.parts.totalMilliseconds - before;
    return { ...detections, ...found };
  }

  reset(): Promise<void> {
    return this.#bodies.reset();
  }

  close(): void {
    this.parts.close();
    this.#bodies.close();
  }
}

/** What is opened beside an estimator, which is closed if that fails. @throws what `open` throws */
export async function openBeside<Opened>(
  bodies: PoseEstimator,
  open: () => Promise<Opened>,
): Promise<Opened> {
  try {
    return await open();
  } catch (error) {
    bodies.close();
    throw error;
  }
}
