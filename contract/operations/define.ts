import type { z } from 'zod';

/** An operation's kind: it reads, changes something, or streams its answer. */
export type OperationKind = 'query' | 'command' | 'stream';

export interface Operation<K extends OperationKind, I extends z.ZodType, O extends z.ZodType> {
  kind: K;
  input: I;
  output: O;
  /** Names of the queries whose answers this command makes stale. */
  touches: readonly string[];
}

/** Declares one operation. */
export function operation<K extends OperationKind, I extends z.ZodType, O extends z.ZodType>(
  kind: K,
  input: I,
  output: O,
  touches: readonly string[] = [],
): Operation<K, I, O> {
  return { kind, input, output, touches };
}
