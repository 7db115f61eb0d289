import type { PackCheck } from '../../../../contract/pack-check.ts';

/** What a check is held against. */
export interface CheckInput {
  /** The parsed reply, or its text where it is no JSON. */
  reply: unknown;
  variables: Record<string, unknown>;
}

/** One kind of check. */
export type CheckOf<K extends PackCheck['kind']> = Extract<PackCheck, { kind: K }>;

/** What is wrong, to be read after the check's own message; with its number where it can be counted. */
export type Fault = string | { wrong: string; count: number };

/** null when the check holds. */
export type Judge<K extends PackCheck['kind']> = (check: CheckOf<K>, input: CheckInput) => Fault | null;

const shownAtMost = 80;

/** A value in a message, cut where it is long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > shownAtMost ? `${text.slice(0, shownAtMost)}…` : text;
}

/** What to say of a place that the reply does not have. */
export const absent = (path: string): string => (path ? `the reply has no ${path}` : 'there is no reply');
