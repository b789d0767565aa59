/** What the network that finds people for others is read from, where nothing of it is read. */
export const finderAssets = Object.fromEntries(
  ['model', 'weights', 'reference'].map((part) => {
    const url = `movenet-multipose-${part}`;
    return [url, { url, byteLength: 1, sha256: 'ef' }];
  }),
);
