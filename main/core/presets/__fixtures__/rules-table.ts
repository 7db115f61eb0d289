import type { PresetCheck } from '../../../../contract/preset-check.ts';
import type { ModelRule } from '../../../../contract/provider.ts';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { TestCore } from '../../__fixtures__/test-core.ts';
import { ruleId } from '../../chat/plan/apply-rules.ts';

/** Every parameter that the panel offers, with a typical value. */
export const offeredParams: Record<string, unknown> = {
  temperature: 0.7,
  top_p: 0.9,
  max_tokens: 512,
  presence_penalty: 0.5,
  frequency_penalty: 0.5,
  seed: 7,
  stop: ['END'],
  top_k: 40,
  min_p: 0.05,
  reasoning: 'low',
  reasoning_effort: 'low',
  verbosity: 'low',
  thinking: { type: 'disabled' },
  structured_output: 'json_schema',
  response_mime_type: 'application/json',
  repetition_penalty: 1.1,
  logit_bias: { 5: 1 },
};

/** What happens to one parameter with one model. */
export interface Fate {
  provider: string;
  model: string;
  param: string;
  fate: 'sent' | 'warned' | 'dropped' | 'rewritten' | 'blocked';
  /** The rule that decided; null if the protocol itself did. */
  rule: ModelRule | null;
  reason: string;
}

function fateOf(check: PresetCheck, param: string): Pick<Fate, 'fate' | 'rule' | 'reason'> {
  const byId = (id: string | undefined) => check.rules.find((rule) => ruleId(rule) === id) ?? null;
  const blocks = check.broken.find((one) => one.blocks);
  if (blocks) return { fate: 'blocked', rule: blocks.rule, reason: blocks.message };
  const dropped = check.dropped.find((one) => one.param === param);
  if (dropped) return { fate: 'dropped', rule: byId(dropped.rule), reason: dropped.reason };
  const [broken] = check.broken;
  if (broken) return { fate: 'warned', rule: broken.rule, reason: broken.message };
  const renamed = check.rewritten.find(({ from }) => from === param || isObjectWith(from, param));
  if (renamed) return { fate: 'rewritten', rule: byId(renamed.rule), reason: renamed.reason };
  return { fate: 'sent', rule: null, reason: '' };
}

function isObjectWith(from: unknown, param: string): boolean {
  return typeof from === 'object' && from !== null && param in from;
}

/** Every cloud model of the registry with each parameter, processed by the regular planner. */
export async function fates({ ask }: TestCore, view: RegistryView): Promise<Fate[]> {
  const out: Fate[] = [];
  for (const { name: provider, kind, models } of view.providers) {
    if (kind !== 'cloud') continue;
    for (const { id: model, options } of models)
      for (const [param, value] of Object.entries(offeredParams)) {
        const silent = Object.fromEntries(Object.keys(options).map((name) => [name, null]));
        const settings = { provider, model, notes: '', options: { ...silent, [param]: value } };
        const check = await ask('presets.check', { module: 'translate', settings });
        out.push({ provider, model, param, ...fateOf(check, param) });
      }
  }
  return out;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;

function matrix(all: readonly Fate[]): string {
  const params = Object.keys(offeredParams);
  const models = [...new Set(all.map(({ model }) => model))];
  const short = { sent: '✓', warned: '✓ !', dropped: '–', rewritten: '→', blocked: '✗' };
  const rows = models.map((model) => {
    const of = (param: string) => all.find((one) => one.model === model && one.param === param);
    return row([`\`${model}\``, ...params.map((param) => short[of(param)?.fate ?? 'sent'])]);
  });
  const head = ['model', ...params];
  return [row(head), row(head.map(() => '---')), ...rows].join('\n');
}

function ruleRows(all: readonly Fate[]): string {
  const byRule = new Map<
    string,
    { rule: ModelRule; params: Set<string>; models: Set<string>; fate: string }
  >();
  for (const { rule, param, model, fate } of all) {
    if (!rule) continue;
    const id = ruleId(rule);
    const one = byRule.get(id) ?? { rule, params: new Set(), models: new Set(), fate };
    byRule.set(id, { ...one, params: one.params.add(param), models: one.models.add(model) });
  }
  const head = ['rule', 'what happens', 'parameters', 'models', 'why', 'source', 'as of'];
  const rows = [...byRule]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { rule, params, models, fate }]) =>
      row([
        `\`${id}\``,
        fate,
        [...params].join(', '),
        [...models].map((model) => `\`${model}\``).join(', '),
        rule.message ?? '',
        rule.source ?? '',
        rule.as_of ?? '',
      ]),
    );
  return [row(head), row(head.map(() => '---')), ...rows].join('\n');
}

function wireRows(all: readonly Fate[]): string {
  const reasons = new Map<string, Set<string>>();
  for (const { rule, fate, param, provider, reason } of all)
    if (fate === 'dropped' && !rule) {
      const key = `${provider}\n${param}\n${reason}`;
      reasons.set(key, reasons.get(key) ?? new Set());
    }
  const head = ['provider', 'parameter', 'why'];
  return [
    row(head),
    row(head.map(() => '---')),
    ...[...reasons.keys()].map((key) => row(key.split('\n'))),
  ].join('\n');
}

/** The whole document, as in `docs/model-rules.md`. */
export async function rulesTable(core: TestCore): Promise<string> {
  const view = await core.ask('registry.get');
  const all = await fates(core, view);
  const today = new Date(core.clock.now()).toISOString().slice(0, 10);
  const providers = [...new Set(all.map(({ provider }) => provider))];
  return `# What becomes of a parameter

How the panel handles each parameter for each cloud model of the registry, as of ${today}. Each parameter is set alone, together
with a schema. \`node scripts/presets-table.mjs\` generates this page from dry checks. Do not edit it by hand. The rules are in
\`registry/rules.json\`. They match families and generations, so they also apply to models that no file lists.

- ✓ sent · ✓ ! sent, with a warning · – left out, and listed in \`dropped\` · → sent under another name or value, and listed in
  \`rewritten\` · ✗ a live call is refused before anything is sent, because without the parameter it would mean something else
- \`ignore_rules: ["id"]\` in a chat or a preset sends a parameter in spite of a rule.
- \`reasoning\` is the panel's own parameter. It becomes effort, level, budget or nothing, depending on the model.

${providers.map((name) => `## ${name}\n\n${matrix(all.filter(({ provider }) => provider === name))}\n`).join('\n')}
## The rules in this table

${ruleRows(all)}

## Parameters that a provider's API lacks

${wireRows(all)}
`;
}
