import { builtInModules, type Preset } from '../../../../contract/module-preset.ts';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { ModelView, ModuleView } from '../../../../contract/provider.ts';
import type { TestCore } from '../../__fixtures__/test-core.ts';
import { wireOfPreset, type Carried, type PresetWire } from './wire-of-preset.ts';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
const code = (text: string) => `\`${text}\``;
const usd = (n: number) => String(Math.round(n * 10_000) / 10_000);

function modelOf(view: RegistryView, preset: Preset): ModelView | undefined {
  return view.providers.find((p) => p.name === preset.provider)?.models.find((m) => m.id === preset.model);
}

function status({ lifecycle: { status: said, shutdown } }: Preset): string {
  if (said === 'retired') return shutdown ? `retired ${shutdown}` : 'retired';
  if (said === 'deprecated') return shutdown ? `ends ${shutdown}` : 'deprecated';
  return said.replace('_', ' ');
}

function successor({ id, lifecycle }: Preset, shortlist: readonly Preset[]): string {
  const standIn = shortlist.find((preset) => preset.replaces === id);
  if (!lifecycle.successor) return '';
  return `${code(lifecycle.successor)}${standIn ? ` (${standIn.rank})` : ''}`;
}

function price(model: ModelView | undefined): [quoted: string, verified: string] {
  const quoted = model?.pricing?.quoted;
  const fee = model?.pricing?.fee ? `, ${Math.round(model.pricing.fee * 100)} % fee included` : '';
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
  return `${param}${shown(value)} → ${where || `dropped: ${dropped ?? 'no word of it'}`}`;
}

/** What the request has beside what the preset lists, because its wire or its model needs it. */
function added({ plan, carried }: PresetWire): string[] {
  const known = carried.flatMap(({ places }) => places);
  const told = ({ path }: { path: string }) =>
    known.some((place) => path === place || path.startsWith(`${place}/`));
  return plan.rewritten
    .filter((rewritten) => !told(rewritten))
    .map(({ path, to, reason }) => `${code(path)}${shown(to)}: ${reason}`);
}

const columns = [
  'rank',
  'preset',
  'listed as',
  'wire id',
  'status',
  'successor (rank)',
  'quoted',
  'verified',
  'what the wire carries',
];

function presetRow(
  view: RegistryView,
  shortlist: readonly Preset[],
  preset: Preset,
  wire: PresetWire,
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
    [...wire.carried.map(carriedText), ...added(wire)].join('<br>') || 'nothing but model and messages',
  ]);
}

const intro = (date: string) => `# Presets

What became of each preset that the product ships, and what a call with it sends, on ${date}. Made from the registry
and from dry runs by \`node scripts/presets-table.mjs\`; not written by hand.

- Ranks 1 to 10 of a module are kept as they were listed in October 2024, dead or alive. A later rank "for" one of them
  stands in for it; the rest need no key or belong to modules that had no list.
- "Wire id" is what the provider takes for the name that was listed; "none" was never served.
- Prices are USD for a million tokens, in and out: as they were quoted, and as they were verified, with the provider's
  surcharge. An empty cell was not quoted; "unknown" is never 0.
- Places on the wire are JSON pointers into the request's body, \`query:\` a parameter of its URL, \`header:\` a header.
  \`schema\` is the module's own JSON Schema, or the preset's.
`;

/** The whole document, as `docs/presets.md` has it. */
export async function presetsTable(made: TestCore): Promise<string> {
  const view = await made.ask('registry.get');
  const parts = [intro(new Date(made.clock.now()).toISOString().slice(0, 10))];
  for (const name of builtInModules) {
    const { label, active_preset, shortlist } = view.defaults.modules[name] as ModuleView;
    const rows: string[] = [];
    for (const preset of shortlist)
      rows.push(presetRow(view, shortlist, preset, await wireOfPreset(made, name, preset)));
    parts.push(
      `## ${label ?? name}\n\nServes now: ${code(active_preset ?? 'none')}.\n\n${row(columns)}\n${row(columns.map(() => '---'))}\n${rows.join('\n')}\n`,
    );
  }
  return parts.join('\n');
}
