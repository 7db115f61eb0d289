import { builtInModules, type Preset } from '../../../../contract/module-preset.ts';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { ModelView, ModuleView } from '../../../../contract/provider.ts';
import type { TestCore } from '../../__fixtures__/test-core.ts';
import { costByRecord, nextVersion } from '../../registry/prices/price-record.ts';
import { requestOfPreset, type Carried, type PresetRequest } from './request-of-preset.ts';

/** A call of medium length. */
const sample = { prompt_tokens: 1500, completion_tokens: 300 };

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
const code = (text: string) => `\`${text}\``;
const usd = (n: number) => String(Math.round(n * 10_000) / 10_000);
const percent = (fraction: number) => `${Math.round(fraction * 1000) / 10} %`;

function modelOf(view: RegistryView, preset: Preset): ModelView | undefined {
  return view.providers.find((p) => p.name === preset.provider)?.models.find((m) => m.id === preset.model);
}

function status({ lifecycle: { status: reported, shutdown } }: Preset): string {
  if (reported === 'retired') return shutdown ? `retired ${shutdown}` : 'retired';
  if (reported === 'deprecated') return shutdown ? `ends ${shutdown}` : 'deprecated';
  return reported.replace('_', ' ');
}

function successor({ id, lifecycle }: Preset, shortlist: readonly Preset[]): string {
  const standIn = shortlist.find((preset) => preset.replaces === id);
  if (standIn) return `${code(standIn.model)} (${standIn.rank})`;
  return lifecycle.successor ? code(lifecycle.successor) : '';
}

function price(model: ModelView | undefined): [quoted: string, verified: string] {
  const quoted = model?.pricing?.quoted;
  const fee = model?.pricing?.fee ? `, ${percent(model.pricing.fee)} fee included` : '';
  return [
    quoted ? `${usd(quoted.input)} / ${usd(quoted.output)}` : '',
    model?.pricing ? `${usd(model.pricing.input)} / ${usd(model.pricing.output)}${fee}` : 'unknown',
  ];
}

function shown(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return ` ${text.length > 40 ? `${text.slice(0, 39)}…` : text}`;
}

function carriedText({ param, value, places, dropped }: Carried): string {
  const where = places.map(code).join(', ');
  return `${param}${shown(value)} → ${where || `dropped: ${dropped ?? 'not reported'}`}`;
}

/** Request fields that the preset does not list, because its protocol or its model needs them. */
function added({ plan, carried }: PresetRequest): string[] {
  const known = carried.flatMap(({ places }) => places);
  const reported = ({ path }: { path: string }) =>
    known.some((location) => path === location || path.startsWith(`${location}/`));
  return plan.rewritten
    .filter((rewritten) => !reported(rewritten))
    .map(({ path, to, reason }) => `${code(path)}${shown(to)}: ${reason}`);
}

const columns = [
  'rank',
  'preset',
  'listed as',
  'sent as',
  'status',
  'successor (rank)',
  'quoted',
  'verified',
  'parameters in the request',
];

function presetRow(
  view: RegistryView,
  shortlist: readonly Preset[],
  preset: Preset,
  request: PresetRequest,
): string {
  const model = modelOf(view, preset);
  const replaced = shortlist.find(({ id }) => id === preset.replaces);
  return row([
    `${preset.rank}${replaced ? ` for ${replaced.rank}` : ''}`,
    code(preset.id),
    `${preset.provider} ${code(preset.model)}`,
    model?.wire_id ? code(model.wire_id) : 'none',
    status(preset),
    successor(preset, shortlist),
    ...price(model),
    [...request.carried.map(carriedText), ...added(request)].join('<br>') || 'only model and messages',
  ]);
}

const intro = (date: string) => `# Presets

Which preset to use for each module, and what happened to the presets that were listed in October 2024, as of ${date}.
\`node scripts/presets-table.mjs\` generates this page from the registry and from dry runs. Do not edit it by hand.

- "Now" is the preset that serves a module unless you choose another. If its model is deprecated, the preset that replaces it
  serves the module instead.
- The column "budget" is the cost of a thousand calls: **free** on your own machine, **small** below 1 USD, **medium** below 5 USD,
  **large** above. A call has ${sample.prompt_tokens} tokens in and ${sample.completion_tokens} out, without thinking, at today's price with the
  provider's surcharge. A model that thinks writes more; "low" thinking is a few hundred tokens.
- Prices are in USD per million tokens, in and out. "Quoted" is the price in the original list, and an empty cell had none. "Verified"
  is today's price with the provider's surcharge. "unknown" is never 0. If a price will change, the date is given.
- "Sent as" is the provider's name for the listed model. "none" means that the provider never served it.
- Places in a request are JSON pointers into its body. \`query:\` is a parameter of its URL, and \`header:\` is a header. \`schema\` is the
  module's own JSON Schema, or the preset's.
- [model-rules.md](model-rules.md) lists the parameters that each model refuses, and how the panel handles them.
`;

/** USD for a thousand calls; null if the price is unknown; 0 on the user's own machine. */
function thousandCalls(view: RegistryView, preset: Preset, today: string): number | null {
  const provider = view.providers.find(({ name }) => name === preset.provider);
  if (provider?.kind === 'local') return 0;
  const pricing = modelOf(view, preset)?.pricing;
  const record = pricing?.record;
  if (!pricing || !record) return null;
  return (costByRecord(record, sample, today)?.total ?? NaN) * 1000;
}

function priceLevelOf(cost: number | null): string {
  if (cost === null) return 'unknown';
  if (cost === 0) return 'free';
  if (cost < 1) return 'small';
  return cost < 5 ? 'medium' : 'large';
}

const priceLevels = ['free', 'small', 'medium', 'large', 'unknown'];

function priceChange(view: RegistryView, preset: Preset, today: string): string {
  const record = modelOf(view, preset)?.pricing?.record;
  const next = record && nextVersion(record, today);
  return next ? ` From ${next.from} it costs ${usd(next.rates.input)} / ${usd(next.rates.output)}.` : '';
}

/** The presets usable today, by cost; two presets with the same model and settings count once. */
function todayTable(view: RegistryView, module: ModuleView, today: string): string {
  const seen = new Set<string>();
  const living = module.shortlist
    .filter(({ lifecycle, origin }) => lifecycle.status === 'active' && origin !== 'shortlist-2024-10')
    .filter(({ provider, model }) => !seen.has(`${provider} ${model}`) && seen.add(`${provider} ${model}`))
    .map((preset) => ({ preset, cost: thousandCalls(view, preset, today) }));
  const rows = living
    .toSorted(
      (a, b) =>
        priceLevels.indexOf(priceLevelOf(a.cost)) - priceLevels.indexOf(priceLevelOf(b.cost)) ||
        (a.cost ?? 0) - (b.cost ?? 0),
    )
    .map(({ preset, cost }) =>
      row([
        priceLevelOf(cost),
        `${code(preset.id)}${preset.id === module.active_preset ? ' (now)' : ''}`,
        preset.provider,
        cost ? usd(Math.round(cost * 100) / 100) : cost === 0 ? 'free' : 'unknown',
        `${preset.notes}${priceChange(view, preset, today)}`,
      ]),
    );
  const head = ['budget', 'preset', 'provider', '1,000 calls (USD)', 'notes'];
  return [row(head), row(head.map(() => '---')), ...rows].join('\n');
}

function standInText({ shortlist }: ModuleView, preset: Preset): string {
  const standIn = shortlist.find(({ replaces }) => replaces === preset.id);
  if (!standIn) return '';
  const gone = preset.lifecycle.status === 'active' ? 'once it ends: ' : '';
  return `${gone}${code(standIn.model)} (rank ${standIn.rank})`;
}

/** What happened to the ten of October 2024. */
function listedTable(view: RegistryView, module: ModuleView): string {
  const listed = module.shortlist.filter(({ origin }) => origin === 'shortlist-2024-10');
  if (!listed.length) return 'This module had no list in October 2024.';
  const head = ['rank', 'listed as', 'status', 'replaced by', 'quoted', 'verified'];
  const rows = listed.map((preset) =>
    row([
      String(preset.rank),
      `${preset.provider} ${code(preset.model)}`,
      `${status(preset)}${endsText(preset)}`,
      standInText(module, preset),
      ...price(modelOf(view, preset)),
    ]),
  );
  return [row(head), row(head.map(() => '---')), ...rows].join('\n');
}

function endsText({ lifecycle }: Preset): string {
  return lifecycle.ends
    ? `; sources differ: ${lifecycle.ends.map(({ date, source, as_of }) => `${date} (${source}, ${as_of})`).join(' or ')}`
    : '';
}

/** The whole document, as in `docs/presets.md`. */
export async function presetsTable(core: TestCore): Promise<string> {
  const view = await core.ask('registry.get');
  const today = new Date(core.clock.now()).toISOString().slice(0, 10);
  const parts = [intro(today)];
  for (const name of builtInModules) {
    const module = view.defaults.modules[name] as ModuleView;
    const { label, active_preset, moved, shortlist } = module;
    const rows: string[] = [];
    for (const preset of shortlist)
      rows.push(presetRow(view, shortlist, preset, await requestOfPreset(core, name, preset)));
    parts.push(
      [
        `## ${label ?? name}`,
        `Now: ${code(active_preset ?? 'none')}.${moved ? ` ${moved}.` : ''}`,
        '### What to use today',
        todayTable(view, module, today),
        '### What happened to the listed ten',
        listedTable(view, module),
        '### What each preset sends',
        `${row(columns)}\n${row(columns.map(() => '---'))}\n${rows.join('\n')}`,
      ].join('\n\n') + '\n',
    );
  }
  return parts.join('\n');
}
