import { listNames } from '../../core/texts/list-names.ts';
import { bundledModels, knownModels } from '../../families/catalog/catalog.ts';
import { type EngineId, engineCatalog } from '../../families/engines/engine-catalog.ts';
import { UsageError } from '../failures.ts';

/** Models by the beginnings of their files' names: MediaPipe's are bundles, each with a detector beside it. */
const MODEL_FILES: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  bundledModels.map(({ id, bundle, finds }) => [
    id,
    bundle === null ? [id] : [bundle, finds === 'hands' ? 'hand-detector-dense' : 'pose-detector-dense'],
  ]),
);
/** Of MediaPipe's networks for faces, which are found beside bodies of any model. */
const FACES = 'faces';
const FACE_FILES = ['face-detector', 'face-irises', 'face-landmarks'];

/** Runtimes by the beginnings of their files' names. */
const RUNTIME_FILES = {
  tasks: ['vision_wasm'],
  litert: ['litert_wasm'],
  tfjs: ['tfjs-backend-wasm'],
  ort: ['ort-wasm'],
} as const;
type Runtime = keyof typeof RUNTIME_FILES;

/** Detectors with dense weights are for GPUs, which only this engine needs. */
const DENSE = /-dense-/;
const TAKES_DENSE: EngineId = 'litert-webgpu';

/** What `--models` takes. */
export const modelChoices: readonly string[] = [...Object.keys(MODEL_FILES), FACES];
/** What `--engines` takes. */
export const engineChoices: readonly EngineId[] = engineCatalog.map(({ id }) => id);

/** What was asked for; `null`: all of it. */
export interface Wanted {
  readonly models: readonly string[] | null;
  readonly engines: readonly string[] | null;
}

/** Is a built file needed for what is wanted? Scripts and whatever isn't known always are. */
export function isNeeded(file: string, { models, engines }: Wanted): boolean {
  const begins = (part: string): boolean => file.startsWith(part);
  const runtime = (Object.keys(RUNTIME_FILES) as Runtime[]).find((id) => RUNTIME_FILES[id].some(begins));
  if (runtime) return engines === null || engines.some((id) => id.startsWith(`${runtime}-`));
  if (FACE_FILES.some(begins)) return models === null || models.includes(FACES);
  const owners = Object.entries(MODEL_FILES).filter(([, files]) => files.some(begins));
  if (owners.length === 0) return true;
  if (DENSE.test(file) && engines !== null && !engines.includes(TAKES_DENSE)) return false;
  return models === null || owners.some(([id]) => models.includes(id));
}

/** Names behind an option, by commas. @throws {UsageError} naming those that there are */
export function listOf(
  text: string | undefined,
  option: string,
  choices: readonly string[],
): readonly string[] | null {
  if (text === undefined) return null;
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !choices.includes(name));
  if (unknown.length === 0) return names;
  const foreign = unknown.filter((name) => knownModels.some(({ id }) => id === name));
  const why =
    foreign.length > 0
      ? ` ${listNames(foreign)} is fetched by whoever uses it, and comes with no package.`
      : '';
  throw new UsageError(`--${option} is "${text}"; it takes ${choices.join(', ')}.${why}`);
}
