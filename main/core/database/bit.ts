/** A truth value: SQLite has no other, and its driver takes no other. */
export type Bit = 0 | 1;
