/** The same messages in any language: each is there, none is added, and functions are given the same. */
export type Spoken<T> = T extends string
  ? string
  : T extends (...given: infer Given) => infer Said
    ? (...given: Given) => Spoken<Said>
    : T extends object
      ? { readonly [Key in keyof T]: Spoken<T[Key]> }
      : T;
