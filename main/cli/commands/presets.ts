import { AppError } from '../../core/lib/app-error.ts';
import { foldModuleName } from '../../core/registry/module-name.ts';
import { suggest } from '../../core/lib/suggest.ts';
import type { CliHost } from '../host.ts';
import { printJson, printWarnings } from '../print.ts';
import { printTable } from '../table.ts';

export interface PresetsFlags {
  alive?: boolean;
  json?: boolean;
}

const gone = new Set(['retired', 'never_released']);

/** `comfyvn-llm presets [MODULE]`; without a module, the active preset of each. */
export async function presetsCommand(
  host: CliHost,
  module: string | undefined,
  { alive, json }: PresetsFlags,
): Promise<void> {
  const { defaults, warnings } = (await host.offline()).view();
  if (module === undefined) {
    const all = Object.entries(defaults.modules).map(([name, view]) => ({ module: name, ...view }));
    if (json) return printJson(host, all);
    printTable(
      host,
      [
        { title: 'MODULE', of: (m) => m.module },
        { title: 'PROVIDER', of: (m) => m.provider },
        { title: 'MODEL', of: (m) => m.model },
        { title: 'PRESET', of: (m) => m.active_preset ?? '–' },
        { title: 'PRESETS', of: (m) => String(m.shortlist.length), right: true },
      ],
      all,
    );
    return printWarnings(host, warnings);
  }
  const name = foldModuleName(module);
  const view = defaults.modules[name];
  if (!view) {
    const near = suggest(name, Object.keys(defaults.modules));
    const known = Object.keys(defaults.modules).join(', ');
    throw new AppError(
      'unknown_module',
      `there is no module "${module}"${near ? `; did you mean "${near}"?` : '.'} The modules are: ${known}`,
    );
  }
  const presets = view.shortlist.filter(({ lifecycle }) => !alive || !gone.has(lifecycle.status));
  if (json) return printJson(host, { module: name, active: view.active_preset, presets });
  printTable(
    host,
    [
      { title: ' ', of: ({ id }) => (id === view.active_preset ? '*' : ' ') },
      { title: 'RANK', of: ({ rank }) => String(rank), right: true },
      { title: 'PRESET', of: ({ id }) => id },
      { title: 'PROVIDER', of: ({ provider }) => provider },
      { title: 'MODEL', of: ({ model }) => model },
      { title: 'STATUS', of: ({ lifecycle }) => lifecycle.status.replace('_', ' ') },
      { title: 'OPTIONS', of: ({ options }) => JSON.stringify(options), shrinks: true },
    ],
    presets,
  );
  printWarnings(host, view.moved ? [view.moved, ...warnings] : warnings);
}
