import { html, nothing, type TemplateResult } from 'lit';
import { speedKey } from '../app/engine-choice/known-speeds.ts';
import { type MeasuredQuality, measuredQuality, PEOPLE_IN_PHOTOS } from '../app/networks/measured-quality.ts';
import type { Session } from '../app/session.ts';
import { toTrackerOptions } from '../app/settings.ts';
import { wantedPeople } from '../app/wanted-people.ts';
import { engineLabel } from '../families/engines/engine-catalog.ts';
import { familyOf } from '../families/families.ts';
import { chooseFinder, heldFinder } from '../families/finding/finders.ts';
import type { ModelInfo } from '../families/model-info.ts';
import type { MeasuredEngine } from '../tracking/engines/remembered.ts';
import type { TrackerOptions } from '../tracking/order.ts';
import { formatNumber } from './messages/format.ts';
import { messages } from './messages/messages.ts';

/** From this AP on, on photos full of small people, a model is called good or fair; the best that comes with the page has 0.23. */
const GOOD_PRECISION = 0.18;
const FAIR_PRECISION = 0.1;
/** Up to so many milliseconds a picture, a camera is followed at 10 pictures a second; up to so many, at 3. */
const FAST_MS = 100;
const MIDDLING_MS = 300;

/** How good a model is, as the settings want it, as a paragraph. */
export function modelWords(session: Session, info: ModelInfo): TemplateResult | typeof nothing {
  const { registry, speeds } = session;
  const settings = { ...session.state.settings.value, model: info.id };
  const { finder: choice, engine } = settings;
  const held = heldFinder(info, choice, engine, registry);
  const people = wantedPeople(settings, registry, session.state.source.value?.isStill ?? false);
  const finder = chooseFinder(info, held, people, engine, registry);
  const measured = speeds.speeds.value.get(speedKey(trackerOf(session, info.id))) ?? [];
  const here = measured.find((each) => engine === 'auto' || each.engine === engine) ?? null;
  const words = describeModel(info, finder, here);
  return words.length === 0 ? nothing : html`<p class="hint">${words.join(' ')}</p>`;
}

/** Has it looked up what was measured of a model on this device; `modelWords` says it when it is there. */
export function lookUpSpeed(session: Session, id: string): void {
  // When another engine has taken over, more is known.
  void session.state.device.value;
  void session.speeds.look(trackerOf(session, id));
}

function trackerOf({ state, registry }: Session, id: string): TrackerOptions {
  return toTrackerOptions({ ...state.settings.value, model: registry.info(id).id }, registry);
}

/**
 * How good a model is, in sentences: whom it finds, how exact it is, how fast. What nobody has measured isn't said.
 *
 * @param finder who finds people for it; `null`: it does itself
 * @param here how fast it is on this device; `null`: that wasn't measured
 */
export function describeModel(
  info: ModelInfo,
  finder: ModelInfo | null,
  here: MeasuredEngine | null,
): readonly string[] {
  if (familyOf(info).role !== 'track') return [];
  const quality = info.finds === 'hands' ? null : measuredQuality(info.id, finder?.id ?? null);
  return [
    describeFinds(info, finder),
    ...(quality ? [describeExactness(quality)] : []),
    ...(here ? [describeHere(here)] : quality ? [describeElsewhere(quality)] : []),
  ];
}

function describeFinds(info: ModelInfo, finder: ModelInfo | null): string {
  if (info.finds === 'hands') return messages.findsHands;
  if (finder) return messages.findsWith(finder.label);
  if (info.maximumPeople === 1) return messages.findsOne;
  const { finder: need, looksAtParts } = familyOf(info);
  if (need === 'required') return messages.needsFinder;
  if (info.family === 'mediapipe') return messages.findsNear;
  return looksAtParts ? messages.findsSmall : messages.findsAll;
}

function describeExactness({ averagePrecision, found }: MeasuredQuality): string {
  const { good, fair, poor } = messages.exactness;
  const exactness =
    averagePrecision >= GOOD_PRECISION ? good : averagePrecision >= FAIR_PRECISION ? fair : poor;
  return messages.foundInPhotos(exactness, found, PEOPLE_IN_PHOTOS, formatNumber(averagePrecision, 2));
}

function describeHere({ engine, medianMs }: MeasuredEngine): string {
  return messages.speedHere(messages.milliseconds(medianMs), engineLabel(engine));
}

function describeElsewhere({ milliseconds }: MeasuredQuality): string {
  const { fast, middling, slow } = messages.speeds;
  const speed = milliseconds <= FAST_MS ? fast : milliseconds <= MIDDLING_MS ? middling : slow;
  return messages.speedElsewhere(speed, milliseconds);
}
