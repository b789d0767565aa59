import type { EngineId, EngineOrder } from './engines/engine-catalog.ts';
import type { EstimatorOptions } from './estimator.ts';
import type { MapsChoices } from './maps/maps-options.ts';
import type { FamilyId, ModelInfo } from './model-info.ts';
import type { MultiposeChoices } from './multipose/multipose-options.ts';

/**
 * Networks that are built, opened and used in the same way: what is to be known of them without running one. Data only,
 * for every thread; how they are built and opened is in `family-code.ts` beside each record, for workers.
 */
export interface NetworkFamily<Engine extends EngineId = EngineId> {
  readonly id: FamilyId;
  /**
   * `track`: finds keypoints in pictures. `find`: finds people in them, without keypoints. `lift`: makes 3-D of keypoints that
   * others have found.
   */
  readonly role: 'track' | 'find' | 'lift';
  readonly engines: EngineOrder<Engine>;
  /**
   * Whether another network can find people for its networks, which look at each of them then: they can do without
   * (`optional`), can't do without (`required`), or look at whole pictures only (`none`).
   */
  readonly finder: 'none' | 'optional' | 'required';
  /** Those of its engines that can be told where people are; absent: all. */
  readonly enginesWithFinder?: EngineOrder<Engine>;
  /** The engine on one thread of the CPU, whose numbers are those of the networks' makers. */
  readonly referenceEngine: Engine;
  /** Keypoints are drawn from this score on, 0 to 1, unless somebody says otherwise. */
  readonly threshold: number;
  /** It takes no longer for many people than for one; then it is asked for all. */
  findsAll(info: Pick<ModelInfo, 'maximumPeople'>): boolean;
  /** Who finds hands: the network's own companion, a network for them that lies on this device, or nobody. */
  readonly hands: 'own' | 'part' | 'none';
  /** The family of the networks for hands that it takes; absent: its own. */
  readonly parts?: FamilyId;
  /** It can say which part of the picture each body covers; absent: it can't. */
  readonly hasMasks?: true;
  /** Its maps can be looked into, and it takes {@link MapsChoices}. */
  readonly hasMaps: boolean;
  /** It looks at parts of a picture once more, and takes {@link MultiposeChoices}; absent: no. */
  readonly looksAtParts?: true;
  /** Several workers with a network each are quicker than one that has all cores. */
  readonly isQuickerInParts: boolean;
  /**
   * What estimators are told beyond what all are.
   *
   * @throws {LimnError} naming the option that isn't valid
   */
  toOptions(choices: MapsChoices & MultiposeChoices): Pick<EstimatorOptions, 'maps' | 'multipose'>;
}
