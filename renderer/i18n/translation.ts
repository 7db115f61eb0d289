/** A table of texts: strings, functions that make one, and further tables. */
export interface Table {
  readonly [key: string]: string | ((...values: never[]) => string) | Table | undefined;
}

type Translated<V> = V extends string
  ? string
  : V extends (...values: infer Values) => string
    ? (...values: Values) => string
    : V extends object
      ? Translation<V>
      : V;

/** The type of a table in another language: the same keys, and functions of the same parameters. */
export type Translation<T> = { readonly [K in keyof T]: Translated<T[K]> };
