/** A boolean: SQLite has no such type, and its driver accepts none. */
export type Bit = 0 | 1;
