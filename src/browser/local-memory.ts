import * as v from 'valibot';

/** What this browser remembers for this page from visit to visit; `null`: nothing, or nothing that is valid. */
export function recall<Schema extends v.GenericSchema>(
  key: string,
  schema: Schema,
): v.InferOutput<Schema> | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(localStorage.getItem(key) ?? 'null'));
    return parsed.success ? parsed.output : null;
  } catch {
    // Storage may be forbidden, or hold something else; then nothing is remembered.
    return null;
  }
}

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // As above: the page works all the same.
  }
}
