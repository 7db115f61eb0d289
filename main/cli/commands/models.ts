import type { ModelView, ProviderView } from '../../../contract/provider.ts';
import type { CliHost } from '../host.ts';
import { printJson, printWarnings } from '../print.ts';
import { printTable } from '../table.ts';

export interface ModelsFlags {
  provider?: string;
  tag?: string[];
  alive?: boolean;
  json?: boolean;
}

type Row = ModelView & { provider: string };

const gone = new Set(['retired', 'never_released']);

function statusText({ lifecycle: { status, shutdown } }: Row): string {
  if (status === 'deprecated' && shutdown) return `ends ${shutdown}`;
  return status.replace('_', ' ');
}

function rowsOf(providers: readonly ProviderView[], { provider, tag = [], alive }: ModelsFlags): Row[] {
  return providers
    .filter(({ name }) => provider === undefined || name === provider)
    .flatMap(({ name, models }) => models.map((model) => ({ provider: name, ...model })))
    .filter(({ tags }) => tag.every((wanted) => tags.includes(wanted)))
    .filter(({ lifecycle }) => !alive || !gone.has(lifecycle.status));
}

/** `comfyvn-llm models` */
export async function modelsCommand(host: CliHost, flags: ModelsFlags): Promise<void> {
  const offline = await host.offline();
  if (flags.provider !== undefined)
    flags.provider = offline.resolve({ provider: flags.provider }).provider.name;
  const { providers, warnings } = offline.view();
  const rows = rowsOf(providers, flags);
  if (flags.json) return printJson(host, rows);
  printTable(
    host,
    [
      { title: 'PROVIDER', of: (m) => m.provider },
      { title: 'MODEL', of: (m) => m.id },
      { title: 'STATUS', of: statusText },
      { title: '$/M IN', of: (m) => (m.pricing ? String(m.pricing.input) : '–'), right: true },
      { title: '$/M OUT', of: (m) => (m.pricing ? String(m.pricing.output) : '–'), right: true },
      { title: 'TAGS', of: (m) => m.tags.join(' '), shrinks: true },
    ],
    rows,
  );
  printWarnings(host, warnings);
}
