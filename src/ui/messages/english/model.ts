/** What the page says of how good a model is. */
export const modelMessages = {
  findsHands: 'Finds hands, without bodies.',
  findsOne: 'Finds one person.',
  findsNear: 'Finds people who are close by; small ones in a crowd are missed.',
  findsAtMost: (model: string, people: number) =>
    `${model} finds ${people === 1 ? 'one person' : `at most ${people} people`}.`,
  findsAll: 'Finds everybody at once.',
  findsSmall: 'Finds everybody, small people too.',
  findsWith: (finder: string) => `Looks closely at everybody whom ${finder} finds, small people too.`,
  needsFinder: 'Looks closely at everybody whom another network finds.',
  exactness: {
    good: 'Good in crowds',
    fair: 'Fair in crowds',
    poor: 'Not for crowds',
  },
  foundInPhotos: (exactness: string, found: number, people: number, precision: string) =>
    `${exactness}: on ten photos full of small people it found ${found} of ${people}, AP ${precision}.`,
  speeds: { fast: 'Fast', middling: 'Takes its time without a GPU', slow: 'Slow without a GPU' },
  speedElsewhere: (speed: string, milliseconds: number) =>
    `${speed}: ${milliseconds} ms for such a photo on two CPU cores.`,
  speedHere: (milliseconds: string, engine: string) => `On this device ${milliseconds} a frame (${engine}).`,
  engineChosen: (engine: string, milliseconds: string, before: string | null) =>
    `All engines were measured: ${engine} is the fastest here, with ${milliseconds} ms a frame${before === null ? '' : ` instead of ${before}`}. It takes over, and is remembered.`,
  engineWithoutFinder: (engine: string) => `${engine}, without this finder`,
} as const;
