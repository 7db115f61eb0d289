import type { Estimate } from '../../../../contract/plan.ts';

export interface ExpectedReply {
  tokens: number;
  /** How many earlier calls of the module it is the median of; 0 for a guess of ours. */
  calls: number;
}

/** With fewer earlier calls than this, one odd reply would decide. */
const enoughCalls = 3;

/** Modules whose reply is about as long as the text they are given, and by how much. */
const likeTheirSource: Readonly<Record<string, number>> = { translate: 1.2, pov_rewrite: 1.2 };

/** What a reply has with the built-in packs' samples, in tokens, rounded; others talk. */
const typical: Readonly<Record<string, number>> = {
  vn_chat: 150,
  persona: 150,
  narrator: 250,
  battle_narration: 500,
  worldbuild: 900,
};
const talk = 250;

function median(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : Math.round(((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2);
}

/**
 * How long a reply will be, in tokens: as those of the module's earlier calls, else as long as its source, else what is
 * usual. It is no limit and no promise.
 */
export function expectedReply(
  module: string | null,
  { sections }: Pick<Estimate, 'sections'>,
  earlier: readonly number[],
): ExpectedReply {
  if (earlier.length >= enoughCalls)
    return { tokens: median(earlier.toSorted((a, b) => a - b)), calls: earlier.length };
  const ratio = module === null ? undefined : likeTheirSource[module];
  const source = sections.findLast(({ part }) => part === 'message')?.tokens ?? 0;
  if (ratio !== undefined) return { tokens: Math.ceil(source * ratio), calls: 0 };
  return { tokens: (module === null ? undefined : typical[module]) ?? talk, calls: 0 };
}
