import type { z } from 'zod';

/** What an operation does to the world: reads it, changes it, or answers piece by piece. */
export type OperationKind = 'query' | 'command' | 'stream';

export interface Operation<K extends OperationKind, I extends z.ZodType, O extends z.ZodType> {
  kind: K;
  input: I;
  output: O;
  /** Names of the queries whose answers this command makes stale. */
  touches: readonly string[];
}

/** One line of the operation table. */
export function operation<K extends OperationKind, I extends z.ZodType, O extends z.ZodType>(
  kind: K,
  input: I,
  output: O,
  touches: readonly string[] = [],
): Operation<K, I, O> {
  return { kind, input, output, touches };
}
