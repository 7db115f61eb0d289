import type { PackCheck } from '../../../../contract/pack-check.ts';

/** The input of a check. */
export interface CheckInput {
  /** The parsed reply, or its text if it is not JSON. */
  reply: unknown;
  variables: Record<string, unknown>;
}

/** One kind of check. */
export type CheckOf<K extends PackCheck['kind']> = Extract<PackCheck, { kind: K }>;

/** What is wrong, worded to follow the check's own message; with a count if possible. */
export type Fault = string | { wrong: string; count: number };

/** null if the check passes. */
export type Judge<K extends PackCheck['kind']> = (check: CheckOf<K>, input: CheckInput) => Fault | null;

const shownAtMost = 80;

/** A value for a message, truncated if it is long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > shownAtMost ? `${text.slice(0, shownAtMost)}…` : text;
}

/** The message for a missing path in the reply. */
export const absent = (path: string): string => (path ? `the reply has no ${path}` : 'there is no reply');
