import * as v from 'valibot';
import { knownModel } from './catalog/catalog.ts';
import { ownId } from './family-code.ts';
import type { ModelInfo } from './model-info.ts';
import type { MoveNetVariant, NetworkDescription } from './network.ts';

const side = v.union([v.string(), v.number()]);
const tensors = v.record(
  v.string(),
  v.object({ tensorShape: v.object({ dim: v.array(v.object({ size: side })) }) }),
);
const signature = v.object({ inputs: tensors, outputs: tensors });
const schema = v.object({
  format: v.literal('graph-model'),
  signature: v.optional(signature),
  userDefinedMetadata: v.optional(v.object({ signature: v.optional(signature) })),
});

/** What MoveNets give (tfjs-models, pose-detection/src/movenet): 17 × y, x, score; of six people, and a box each. */
const SINGLE_OUTPUT = '1,1,17,3';
const MULTIPOSE_OUTPUT = '1,6,56';
const LIGHTNING_SIDE = 192;

/** Which MoveNet a `model.json` is, by the shapes of what goes in and comes out; `null`: none. */
export function moveNetVariant(model: unknown): MoveNetVariant | null {
  const parsed = v.safeParse(schema, model);
  if (!parsed.success) return null;
  const { signature: own, userDefinedMetadata } = parsed.output;
  const { inputs = {}, outputs = {} } = own ?? userDefinedMetadata?.signature ?? {};
  const shapes = (all: v.InferOutput<typeof tensors>): number[][] =>
    Object.values(all).map(({ tensorShape }) => tensorShape.dim.map(({ size }) => Number(size)));
  const output = shapes(outputs)[0]?.join();
  if (output === MULTIPOSE_OUTPUT) return 'multipose';
  if (output !== SINGLE_OUTPUT) return null;
  return shapes(inputs)[0]?.[1] === LIGHTNING_SIDE ? 'lightning' : 'thunder';
}

/**
 * What is known of a MoveNet that was brought. Those that come with the page are other models than those of the same kind that
 * are brought.
 *
 * @param sha256 of its files
 * @param fileName of its `model.json`
 */
export function moveNetInfo(
  variant: MoveNetVariant,
  { label }: NetworkDescription,
  sha256: string,
  fileName: string,
): ModelInfo {
  const known = knownModel(`movenet-${variant}`);
  if (!known) throw new Error('Every MoveNet is known.');
  if (known.origin === 'catalog') return label === undefined ? known : { ...known, label };
  return {
    ...known,
    id: ownId(sha256),
    origin: 'own',
    label: label ?? fileName.replace(/^.*\//, ''),
    description: `${known.description}; brought from a file`,
    license: 'unknown',
    source: fileName,
  };
}
