/** Is there a container that holds itself, at whatever depth? Without recursion: pickles may be deep. */
export function containsItself(root: unknown): boolean {
  const done = new Set<unknown>();
  const open = new Set<unknown>();
  const path: { readonly container: unknown; readonly parts: Iterator<unknown> }[] = [];
  const enter = (value: unknown): boolean => {
    const parts = partsOf(value);
    if (!parts || done.has(value)) return true;
    if (open.has(value)) return false;
    open.add(value);
    path.push({ container: value, parts });
    return true;
  };
  enter(root);
  for (let last = path.at(-1); last; last = path.at(-1)) {
    const next = last.parts.next();
    if (!next.done) {
      if (!enter(next.value)) return true;
      continue;
    }
    path.pop();
    open.delete(last.container);
    done.add(last.container);
  }
  return false;
}

function partsOf(value: unknown): Iterator<unknown> | null {
  if (Array.isArray(value)) return value.values();
  if (value instanceof Map) return [...value.keys(), ...value.values()].values();
  return null;
}
