import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { isOwnDomain, type OnnxModel, type OnnxPort } from './model-proto.ts';

/** Domains of operators that ONNX Runtime has besides ONNX's own (onnxruntime, docs/ContribOperators.md). */
const RUNTIME_DOMAINS = ['ai.onnx.ml', 'com.microsoft', 'com.microsoft.nchwc', 'com.ms.internal.nhwc'];

/** Refuses operators that only other programs have. @throws {LimnError} naming the operator and whose it is */
export function refuseForeignOperators({ operators }: OnnxModel, fileName: string): void {
  const foreign = operators.find(({ domain }) => !isOwnDomain(domain) && !RUNTIME_DOMAINS.includes(domain));
  if (!foreign) return;
  throw new LimnError(
    `${fileName} uses the operator ${foreign.name} of "${foreign.domain}", which only that program has: export the network for ONNX Runtime.`,
  );
}

/**
 * The files beside a network that hold some of its weights, called as it calls them.
 *
 * @throws {LimnError} naming what isn't there
 */
export function externalFilesOf(
  { externalFiles }: OnnxModel,
  fileName: string,
  files: readonly NamedBytes[],
): NamedBytes[] {
  return externalFiles.map((location) => {
    const own = baseName(location);
    const file = files.find(({ name }) => baseName(name) === own);
    if (file) return { name: location, bytes: file.bytes };
    throw new LimnError(`${fileName} has weights in ${own}, which is not there: drop both files together.`);
  });
}

function baseName(path: string): string {
  return path.replace(/^.*[/\\]/, '');
}

/** What goes in or comes out, as people read it: `images: 1 × 3 × 640 × 640`. */
export function describePort({ name, shape }: OnnxPort): string {
  return `${name}: ${shape.length > 0 ? shape.map((size) => size ?? '?').join(' × ') : 'a number'}`;
}

/** The same of several. */
export function describePorts(ports: readonly OnnxPort[]): string {
  return ports.length > 0 ? ports.map(describePort).join('; ') : 'nothing';
}
