import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appRoot } from '../../__fixtures__/test-core.ts';
import { openAiReply, startUpstream, type Upstream } from '../../__fixtures__/upstream.ts';
import { codeTokens } from '../../translation/text/code-tokens.ts';
import { readTrialSet } from '../sets/read-trial-set.ts';
import type { TrialUnit } from '../sets/trial-set.ts';

/** Our own set of translations; the upstreams below know its references. */
export const gradedSet = 'translate-ja-en';

function unitsOf(name: string): TrialUnit[] {
  const { set } = readTrialSet(readFileSync(join(appRoot, 'trial-sets', `${name}.jsonl`), 'utf8'));
  if (!set) throw new Error(`${name} cannot be read`);
  return set.units;
}

/** A translation without its code. */
function withoutTokens(text: string): string {
  const tokens = codeTokens(text).map((token) => token.text);
  return tokens.reduce((rest, token) => rest.replace(token, ''), text);
}

/** What a model of this quality answers to a unit; `n` is its number of the request. */
type Say = (unit: TrialUnit, reference: string, n: number) => string;

const source = (unit: TrialUnit) => String(unit.variables['source_text']);

export const qualities = {
  /** Translates as well as our references. */
  perfect: (_unit, reference) => reference,
  /** Translates well, but without the game's code. */
  drops: (_unit, reference) => withoutTokens(reference),
  /** Leaves every second text in Japanese. */
  half: (unit, reference, n) => (n % 2 === 0 ? source(unit) : reference),
} as const satisfies Record<string, Say>;
export type Quality = keyof typeof qualities;

/** A model on loopback that translates our set with this quality. */
export function gradedUpstream(quality: Quality, set = gradedSet): Promise<Upstream> {
  const units = unitsOf(set);
  return startUpstream((request) => {
    const { messages } = request.json() as { messages: { content: string }[] };
    const asked = messages.at(-1)?.content ?? '';
    const at = units.findIndex((unit) => asked.endsWith(`: ${JSON.stringify(source(unit))}`));
    const unit = units[at];
    if (!unit) return { status: 400, body: { error: { message: 'this is not in the set' } } };
    const translation = qualities[quality](unit, unit.references?.[0] ?? '', at);
    return openAiReply(JSON.stringify({ detected_language: 'ja', translation }));
  });
}

/** User providers, one of each quality, as files below a runtime root. */
export async function gradedProviders(): Promise<{
  files: Record<string, unknown>;
  upstreams: Record<Quality, Upstream>;
}> {
  const names = Object.keys(qualities) as Quality[];
  const entries = await Promise.all(names.map(async (name) => [name, await gradedUpstream(name)] as const));
  const upstreams = Object.fromEntries(entries) as Record<Quality, Upstream>;
  const files = entries.map(([name, { url }]) => [
    `config/llm/providers/${name}_model.json`,
    { name: `${name}_model`, adapter: 'lmstudio', base: `${url}/v1`, models: [{ id: 'm', tags: ['json'] }] },
  ]);
  return { files: Object.fromEntries(files) as Record<string, unknown>, upstreams };
}
