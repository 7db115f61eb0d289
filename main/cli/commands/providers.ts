import type { ProviderView } from '../../../contract/provider.ts';
import type { CliHost } from '../host.ts';
import { printJson, printWarnings } from '../print.ts';
import { printTable } from '../table.ts';

export interface ProvidersFlags {
  kind?: string;
  json?: boolean;
}

function keyText({ credentials }: ProviderView): string {
  if (credentials.present) return credentials.source ?? 'yes';
  if (credentials.state === 'unusable') return 'unusable';
  return credentials.required ? 'missing' : '–';
}

/** `comfyvn-llm providers` */
export async function providersCommand(host: CliHost, { kind, json }: ProvidersFlags): Promise<void> {
  const { providers, warnings } = (await host.offline()).view();
  const rows = providers.filter((provider) => kind === undefined || provider.kind === kind);
  if (json) return printJson(host, rows);
  printTable(
    host,
    [
      { title: 'PROVIDER', of: (p) => p.name },
      { title: 'ADAPTER', of: (p) => p.adapter },
      { title: 'KIND', of: (p) => p.kind },
      { title: 'ON', of: (p) => (p.enabled ? 'yes' : 'no') },
      { title: 'KEY', of: keyText },
      { title: 'MODELS', of: (p) => String(p.models.length), right: true },
      { title: 'BASE', of: (p) => p.base, shrinks: true },
    ],
    rows,
  );
  printWarnings(host, warnings);
}
