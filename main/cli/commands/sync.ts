import type { FactChange, ModelNews, NewsReport } from '../../../contract/model-sync.ts';
import { requireText } from '../../core/lib/files/read-json.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { CliHost } from '../host.ts';
import { printJson, printWarnings } from '../print.ts';
import { plain } from '../style.ts';
import { printTable } from '../table.ts';
import { withCore, withInterruptibleCore, type TranslateCore } from '../translate/translate-core.ts';

export interface SyncFlags {
  keep?: boolean;
  json?: boolean;
}

const price = (value: unknown) => {
  const { input, output } = (value ?? {}) as { input?: number; output?: number };
  return input === undefined ? 'unknown' : `${input} / ${output}`;
};

function newsText({ kind, change }: ModelNews): string {
  const { from, to } = change as FactChange & { from: unknown; to: unknown };
  if (kind === 'vanished') return `missing from the list of ${to}`;
  if (kind === 'ends') return to === null ? `end date withdrawn (was ${from})` : `ends on ${to}`;
  return `price ${price(from)} → ${price(to)} USD per 1M tokens (in / out)`;
}

const reasons: Record<NewsReport['skipped'][number]['reason'], string> = {
  off: 'switched off',
  no_key: 'without a key',
  no_list: 'without a model list',
  no_address: 'without an address',
  not_running: 'not running',
};

function printReport(host: CliHost, { lists, news, failed, skipped }: NewsReport): void {
  if (lists.length === 0) host.out.write('No model list was fetched.\n');
  else
    printTable(
      host,
      [
        { title: 'PROVIDER', of: (list) => list.provider },
        { title: 'MODELS', of: (list) => String(list.found), right: true },
        { title: 'NEW', of: (list) => String(list.added.length), right: true },
        { title: 'MISSING', of: (list) => (list.complete ? String(list.missing.length) : '–'), right: true },
        { title: 'CHANGED', of: (list) => String(list.changed.length), right: true },
      ],
      lists,
    );
  for (const one of news) {
    const serves = one.serves.length ? ` · serves ${one.serves.join(', ')}` : '';
    host.out.write(`${plain(`${one.provider}/${one.model}: ${newsText(one)}${serves}`)}\n`);
  }
  if (lists.length && !news.length)
    host.out.write('No model of the registry vanished, will end or changed its price.\n');
  for (const reason of ['off', 'no_key', 'no_address', 'not_running'] as const) {
    const names = skipped.filter((one) => one.reason === reason).map(({ provider }) => provider);
    if (names.length) host.err.write(`${reasons[reason]}: ${names.join(', ')}\n`);
  }
  printWarnings(
    host,
    failed.map(({ message }) => message),
  );
}

async function storeDifferences(host: CliHost, core: TranslateCore, report: NewsReport): Promise<number> {
  let written = 0;
  for (const { provider, added, missing, changed } of report.lists) {
    if (!added.length && !missing.length && !changed.length) continue;
    const answer = await core.ask('models.keep', { provider, accept: 'all' });
    written += answer.kept;
    printWarnings(host, answer.warnings);
  }
  return written;
}

/**
 * `comfyvn-llm sync`: fetches the free model list of every provider that is enabled and has its key, and
 * shows the differences. Writes them only with `--keep`.
 * @returns `provider` if a provider failed
 */
export function syncCommand(host: CliHost, names: string[], flags: SyncFlags): Promise<ExitCode> {
  return withInterruptibleCore(host, async (core) => {
    const report = await core.ask('models.news', names.length ? { providers: names } : {});
    const written = flags.keep ? await storeDifferences(host, core, report) : null;
    if (flags.json) printJson(host, { ...report, kept: written });
    else {
      printReport(host, report);
      const differs = report.lists.some(
        ({ added, missing, changed }) => added.length + missing.length + changed.length,
      );
      if (written !== null) host.err.write(`${written} models written\n`);
      else if (differs)
        host.err.write('nothing was written; --keep writes the differences to config/llm/overlays\n');
    }
    return report.failed.length ? exitCodes.provider : exitCodes.ok;
  });
}

/** `comfyvn-llm catalogue`: shows what a catalogue file would change; applies it with `--apply`. */
export async function catalogueCommand(
  host: CliHost,
  file: string,
  flags: { apply?: boolean; lowerPrice?: string[]; json?: boolean },
): Promise<void> {
  const document = requireText(file);
  return withCore(host, async (core) => {
    const answer = await core.ask('models.import', {
      document,
      mode: flags.apply ? 'apply' : 'preview',
      lower_prices: flags.lowerPrice ?? [],
    });
    if (flags.json) return printJson(host, answer);
    printTable(
      host,
      [
        { title: 'PROVIDER', of: (item) => item.provider },
        { title: 'MODEL', of: (item) => item.id },
        { title: 'OUTCOME', of: (item) => item.outcome.replace('_', ' ') },
        {
          title: 'WHAT',
          of: (item) => item.reason ?? item.changes.map(({ field }) => field).join(', '),
          shrinks: true,
        },
      ],
      answer.items,
    );
    printWarnings(host, answer.warnings);
    const waiting = answer.items.filter(({ outcome }) => outcome === 'lower_price');
    for (const { provider, id } of waiting)
      host.err.write(`confirm a lower price with --lower-price ${provider}/${id}\n`);
    host.err.write(
      flags.apply ? `${answer.kept} models written\n` : 'nothing was written; --apply writes the changes\n',
    );
  });
}
