/** The name that an address ends with; empty: it ends with a slash. @param path of the address, without its query */
export function nameInPath(path: string): string {
  const name = path.replace(/^.*\//, '');
  try {
    return decodeURIComponent(name);
  } catch {
    // A percent sign that stands for itself: "100%.jpg".
    return name;
  }
}

/** A file's name without the folders that it lies in, whichever slash parts them. */
export function bareName(path: string): string {
  return path.replace(/^.*[\\/]/, '');
}
