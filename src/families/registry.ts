import { LimnError } from '../core/errors.ts';
import { bundledNetwork } from './bundled-networks.ts';
import { knownModel, knownModels } from './catalog/catalog.ts';
import type { FamilyId, ModelId, ModelInfo } from './model-info.ts';
import type { MapsTraits, NetworkFiles, NetworkRecord, NetworkSource, NetworkSummary } from './network.ts';

/** The models of one Limn: those that are known to all, and the networks that it has here. */
export class ModelRegistry {
  /** All networks that lie on this device or were brought, in the order in which they came. */
  readonly #records = new Map<string, NetworkRecord>();
  /** Those of them of which more is known, and where workers find them. */
  readonly #known = new Map<string, { readonly summary: NetworkSummary; readonly source: NetworkSource }>();
  #revisions = 0;

  /**
   * Makes a network one of the models. Whatever was opened of it before is another one from now on.
   *
   * @param files `null`: it is kept on this device
   */
  add(summary: NetworkSummary, files: NetworkFiles | null): void {
    const { info, sha256, byteLength } = summary;
    const place = files ? ({ type: 'memory', given: files } as const) : ({ type: 'device' } as const);
    this.#records.set(info.id, { info, sha256, byteLength });
    this.#known.set(info.id, { summary, source: { id: info.id, revision: ++this.#revisions, place } });
  }

  /** Makes known that a network lies on this device. */
  note(record: NetworkRecord): void {
    this.#records.set(record.info.id, record);
  }

  forget(id: string): void {
    this.#records.delete(id);
    this.#known.delete(id);
  }

  get records(): readonly NetworkRecord[] {
    return [...this.#records.values()];
  }

  /** It comes with the page, or lies on this device: nothing is to be fetched from elsewhere. */
  isHere(id: string): boolean {
    return this.#records.has(id) || knownModel(id)?.origin === 'bundled';
  }

  /** `null`: it comes with the page, or isn't here. */
  record(id: string): NetworkRecord | null {
    return this.#records.get(id) ?? null;
  }

  /** `null`: it comes with the page, or nobody has looked at it yet. */
  summary(id: string): NetworkSummary | null {
    return this.#known.get(id)?.summary ?? null;
  }

  /** What is known of the network of OpenPose's kind with an id; `null`: there is none. */
  mapsTraits(id: string): MapsTraits | null {
    const summary = this.summary(id);
    const isOfKind = summary?.kind === 'maps' || summary?.kind === 'maps-onnx';
    return isOfKind ? summary : (bundledNetwork(id)?.maps ?? null);
  }

  /** Where workers find a network; `null`: it comes with the page, or nobody has looked at it yet. */
  source(id: string): NetworkSource | null {
    return this.#known.get(id)?.source ?? null;
  }

  /**
   * The network here that finds the hands or faces of the bodies of a family's networks, or what faces do; `null`: there is none.
   *
   * @param family of the part
   */
  partFor(set: 'hand-21' | 'face-70' | 'face-478', family: FamilyId): string | null {
    const isOne = ({ info }: NetworkRecord): boolean =>
      info.isPart && info.keypoints === set && info.family === family;
    return this.records.findLast(isOne)?.info.id ?? null;
  }

  /** Every model there is: those that come with the page, those of the catalogue, and those that were brought. */
  get models(): readonly ModelInfo[] {
    return [...knownModels, ...this.records.flatMap(({ info }) => (info.origin === 'own' ? [info] : []))];
  }

  has(id: string): id is ModelId {
    return this.models.some((candidate) => candidate.id === id);
  }

  /** @throws {LimnError} if there is no such model; the sentence lists those there are */
  info(id: string): ModelInfo {
    const model = this.models.find((candidate) => candidate.id === id);
    if (model) return model;
    const ids = this.models.map((candidate) => candidate.id).join(', ');
    throw new LimnError(`There is no model "${id}". The models are ${ids}.`);
  }
}
