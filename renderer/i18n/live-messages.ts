import type { CatalogueName } from './catalogue.ts';
import { currentCatalogue } from './current-language.ts';

/** A table of texts: strings, functions that make one, and further tables. */
interface Table {
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
type Translation<T> = { readonly [K in keyof T]: Translated<T[K]> };

/**
 * A view of a table of English texts that reads in the language on screen. Its inner tables are the same objects in
 * every language, so `const t = messages.bench` may stand at the top of a file; a text itself must be read while
 * rendering or handling an event, never when a module loads. A text that a language lacks is read in English.
 */
export function liveMessages<const T extends Table>(name: CatalogueName, english: T): Translation<T> {
  return view(english, () => currentCatalogue()?.[name] as Table | undefined) as Translation<T>;
}

function view(english: Table, translated: () => Table | undefined): Table {
  const live: Table = {};
  for (const [key, value] of Object.entries(english)) {
    if (typeof value === 'object') {
      Object.defineProperty(live, key, {
        enumerable: true,
        value: view(value, () => translated()?.[key] as Table | undefined),
      });
    } else {
      Object.defineProperty(live, key, { enumerable: true, get: () => translated()?.[key] ?? value });
    }
  }
  return live;
}
