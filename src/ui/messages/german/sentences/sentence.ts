/**
 * A sentence that is written in English where it arises, and in German. `{}` in English stands for what is put into it, from
 * left to right; `{1}`, `{2}`, … in German for the same, in whichever order.
 */
export type Sentence = readonly [english: string, german: string];
