import type { ModelMatch } from '../../../contract/rule-book.ts';
import type { AdapterName } from '../../../contract/provider.ts';

/** The parts of a model's id: its family, the line within it, and its generation. */
export interface ModelFamily {
  family: 'claude' | 'gpt' | 'o' | 'gemini';
  /** `sonnet`, `luna`, `flash-lite`; null if the id names none. */
  line: string | null;
  major: number;
  minor: number;
}

/** Prefixes that gateways and clouds add to a vendor's id. */
const before =
  /^~?(?:(?:openai|anthropic|google|gemini|azure|azure_ai|azure_openai|vertex_ai|bedrock|models|publishers\/(?:google|anthropic)\/models)\/|(?:(?:us|eu|apac|jp|au|global)\.)?anthropic\.)/;

/** The vendor's own id, without prefixes and without a suffix after `:` or `@` (`:batch`, `@20250929`). */
function bareId(id: string): string {
  let bare = id.toLowerCase();
  // A fine-tuned model's id contains its base model: ft:gpt-4.1-mini-2025-04-14:org::id
  if (bare.startsWith('ft:')) bare = bare.slice(3);
  for (let rest = bare.replace(before, ''); rest !== bare; rest = bare.replace(before, '')) bare = rest;
  return bare.split(/[:@]/, 1)[0] ?? '';
}

const claude = /^claude-([a-z]+)-(\d{1,2})(?:[.-](\d{1,2}))?(?=$|[-.])/;
const olderClaude = /^claude-(\d{1,2})(?:[.-](\d{1,2}))?-([a-z]+)(?=$|[-.])/;
const gpt = /^gpt-(\d{1,2})(?:\.(\d{1,2}))?(o)?(?:-([a-z]+))?(?=$|[-.])/;
const azureGpt35 = /^gpt-35(?=$|-)/;
const oSeries = /^o([1-9])(?:-([a-z]+))?(?=$|-)/;
const gemini = /^gemini-(\d{1,2})(?:\.(\d{1,2}))?(?:-([a-z]+(?:-lite)?))?(?=$|-)/;
const olderGemini = /^gemini-(pro|flash|flash-lite)-(\d{1,2})\.(\d{1,2})(?=$|-)/;
const latestGemini = /^gemini-(pro|flash|flash-lite)-latest$/;

function family(
  family: ModelFamily['family'],
  line: string | undefined,
  major: string | undefined,
  minor?: string,
): ModelFamily {
  return { family, line: line ?? null, major: Number(major), minor: Number(minor ?? 0) };
}

/**
 * Recognizes a model's family from its id in any provider's spelling (`claude-sonnet-5-5`,
 * `anthropic/claude-sonnet-5.5:batch`, `gpt-5.1-2025-11-13`, `models/gemini-3.8-flash`). Null for any other
 * id, including one that merely contains such a name.
 */
export function familyOf(id: string): ModelFamily | null {
  const bare = bareId(id);
  if (azureGpt35.test(bare)) return family('gpt', 'turbo', '3', '5');
  let match = claude.exec(bare);
  if (match) return family('claude', match[1], match[2], match[3]);
  if ((match = olderClaude.exec(bare))) return family('claude', match[3], match[1], match[2]);
  if ((match = gpt.exec(bare))) return family('gpt', match[4] ?? match[3], match[1], match[2]);
  if ((match = oSeries.exec(bare))) return family('o', match[2], match[1]);
  if ((match = latestGemini.exec(bare))) return { ...family('gemini', match[1], '0'), major: Infinity };
  if ((match = olderGemini.exec(bare))) return family('gemini', match[1], match[2], match[3]);
  if ((match = gemini.exec(bare))) return family('gemini', match[3], match[1], match[2]);
  return null;
}

function isFrom({ major, minor }: ModelFamily, version: string): boolean {
  const [wantedMajor = 0, wantedMinor = 0] = version.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** A model as rules see it: its adapter, and every id that may name it. */
export interface MatchedModel {
  adapter: AdapterName;
  ids: readonly string[];
  family: ModelFamily | null;
}

/** True if `match` includes the model. */
export function matches(match: ModelMatch, { adapter, ids, family }: MatchedModel): boolean {
  if (match.adapters && !match.adapters.includes(adapter)) return false;
  if (match.not_adapters?.includes(adapter)) return false;
  if (match.ids && !match.ids.some((id) => ids.includes(id))) return false;
  const condition = match.family ?? match.lines ?? match.not_lines ?? match.from ?? match.before;
  if (condition === undefined) return true;
  if (!family || (match.family && family.family !== match.family)) return false;
  if (match.lines && !match.lines.includes(family.line ?? '')) return false;
  if (match.not_lines?.includes(family.line ?? '')) return false;
  if (match.from !== undefined && !isFrom(family, match.from)) return false;
  return match.before === undefined || !isFrom(family, match.before);
}
