import { html, type TemplateResult } from 'lit';

interface NumberInput {
  readonly id: string;
  readonly low: number;
  readonly high: number;
  readonly step: number;
  /** `null`: none is given. */
  readonly value: number | null;
  /** What stands where none is given; without it, one has to be. */
  readonly ifNone?: string;
  /** @param value from low to high; `null` only if there may be none */
  onValue(value: number | null): void;
}

/** A field for a number: what lies beyond its bounds becomes the nearest that doesn't, and is seen to. */
export function numberInput({ id, low, high, step, value, ifNone, onValue }: NumberInput): TemplateResult {
  const text = (number: number | null): string => (number === null ? '' : String(number));
  return html`<input
    id=${id}
    type="number"
    min=${low}
    max=${high}
    step=${step}
    placeholder=${ifNone ?? ''}
    .value=${text(value)}
    @change=${(event: Event) => {
      const input = event.target as HTMLInputElement;
      if (input.value === '') {
        if (ifNone === undefined) input.value = text(value);
        else onValue(null);
        return;
      }
      const wished = Number(input.value);
      const held = Math.min(high, Math.max(low, Number.isFinite(wished) ? wished : (value ?? low)));
      input.value = text(held);
      onValue(held);
    }}
  />`;
}
