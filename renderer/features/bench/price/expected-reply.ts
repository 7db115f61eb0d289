import type { Estimate } from '../../../../contract/plan.ts';

export interface ExpectedReply {
  tokens: number;
  /** The number of earlier calls of which this is the median; 0 for an estimate. */
  calls: number;
}

/** With fewer earlier calls, one unusual reply would decide. */
const minCalls = 3;

/** Modules whose reply is about as long as their source text, with the ratio. */
const sourceRatios: Readonly<Record<string, number>> = { translate: 1.2, pov_rewrite: 1.2 };

/** Rounded reply tokens for the built-in packs' samples. */
const typicalTokens: Readonly<Record<string, number>> = {
  vn_chat: 150,
  persona: 150,
  narrator: 250,
  battle_narration: 500,
  worldbuild: 900,
};
const defaultTokens = 250;

function median(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : Math.round(((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2);
}

/**
 * The expected length of a reply, in tokens: the median of the module's earlier calls, else the source's
 * length, else a typical value. Not a limit.
 */
export function expectedReply(
  module: string | null,
  { sections }: Pick<Estimate, 'sections'>,
  earlier: readonly number[],
): ExpectedReply {
  if (earlier.length >= minCalls)
    return { tokens: median(earlier.toSorted((a, b) => a - b)), calls: earlier.length };
  const ratio = module === null ? undefined : sourceRatios[module];
  const source = sections.findLast(({ part }) => part === 'message')?.tokens ?? 0;
  if (ratio !== undefined) return { tokens: Math.ceil(source * ratio), calls: 0 };
  return { tokens: (module === null ? undefined : typicalTokens[module]) ?? defaultTokens, calls: 0 };
}
