/** What the Look mode says: who is on the stage, and how they are tracked and shown. */
export const lookMessages = {
  peopleHere: 'People',
  nameOfPerson: (name: string) => `Name of ${name}`,
  renameHint: 'Type a name; empty it for the number',
  seenIn: (percent: string) => `In ${percent} of the frames`,
  hidePerson: (name: string) => `Hide ${name}`,
  onlyPerson: (name: string) => `Show only ${name}`,
  roomFollows: (name: string) => `The 3‑D view follows ${name}`,
} as const;
