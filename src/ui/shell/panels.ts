import { effect, signal } from '@preact/signals-core';
import * as v from 'valibot';
import type { Session } from '../../app/session.ts';
import { recall, remember } from '../../browser/local-memory.ts';

/** Heights of the dock in CSS pixels; what it is by itself depends on what is plotted. */
export const LEAST_DOCK = 96;
export const MOST_DOCK = 420;
/** Narrower pages have the modes below, and their tools in a sheet over the dock. */
const PHONE = '(max-width: 760px)';

const KEY = 'limn-panels';
const schema = v.object({
  inspector: v.boolean(),
  dock: v.nullable(v.pipe(v.number(), v.minValue(LEAST_DOCK), v.maxValue(MOST_DOCK))),
  split: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
});
const known = recall(KEY, schema);
const phone = matchMedia(PHONE);

/** What of the page is open, and how large: remembered on this device, apart from the sheet of a phone. */
export const panels = {
  /** The tools beside the picture. */
  inspector: signal(known?.inspector ?? true),
  /** The tools over the dock, on a phone, or beside an empty stage. */
  sheet: signal(false),
  /** Chosen height of the dock in CSS pixels; `null`: as its content needs. */
  dock: signal(known?.dock ?? null),
  /** Chosen share of the viewer's width that the picture has; `null`: as the picture's shape needs. */
  split: signal(known?.split ?? null),
  isPhone: signal(phone.matches),
};

phone.addEventListener('change', () => {
  panels.isPhone.value = phone.matches;
});
effect(() => {
  const { inspector, dock, split } = panels;
  remember(KEY, { inspector: inspector.value, dock: dock.value, split: split.value });
});

/** Opens the tools, or closes them. @param isEmpty before anything is on the stage they are opened for that time only */
export function toggleInspector(isEmpty: boolean): void {
  const panel = panelFor(isEmpty);
  panel.value = !panel.peek();
}

/** Opens the tools. @param isEmpty as above */
export function openInspector(isEmpty: boolean): void {
  panelFor(isEmpty).value = true;
}

function panelFor(isEmpty: boolean) {
  const { inspector, sheet, isPhone } = panels;
  return isPhone.peek() || isEmpty ? sheet : inspector;
}

/** Is there nothing that tools would be for? Videos that wait, or were broken off, are among the tools. */
export function isBare({ state, videos }: Session): boolean {
  return state.isStageEmpty.value && videos.queue.jobs.value.length === 0;
}

/** A height that the dock may have. */
export function heldDock(height: number): number {
  return Math.min(MOST_DOCK, Math.max(LEAST_DOCK, height));
}
