import { randomUUID } from 'node:crypto';
import type { FactChange, ModelNews, NewsReport } from '../../../contract/model-sync.ts';
import type { OperationName, OperationOutput } from '../../../contract/operations/table.ts';
import type { Core } from '../../core/app/services.ts';
import { AppError } from '../../core/lib/app-error.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { CliHost } from '../host.ts';
import { printJson, printWarnings } from '../print.ts';
import { plain } from '../style.ts';
import { printTable } from '../table.ts';

export interface SyncFlags {
  keep?: boolean;
  json?: boolean;
}

async function ask<N extends OperationName>(
  core: Core,
  name: N,
  input: unknown,
  signal: AbortSignal,
): Promise<OperationOutput<N>> {
  const envelope = await core.dispatcher.dispatch(name, input, {
    requestId: randomUUID(),
    door: 'cli',
    signal,
  });
  if (envelope.ok) return envelope.data;
  throw new AppError(envelope.error.code, envelope.error.message, envelope.error.details);
}

const price = (value: unknown) => {
  const { input, output } = (value ?? {}) as { input?: number; output?: number };
  return input === undefined ? 'unknown' : `${input} / ${output}`;
};

function newsText({ kind, change }: ModelNews): string {
  const { from, to } = change as FactChange & { from: unknown; to: unknown };
  if (kind === 'vanished') return `missing from the list of ${to}`;
  if (kind === 'ends') return to === null ? `no end announced any more (was ${from})` : `ends on ${to}`;
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
  if (lists.length === 0) host.out.write('No provider could be asked.\n');
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
    host.out.write('No model of the registry vanished, ends or changed its price.\n');
  for (const reason of ['off', 'no_key', 'no_address', 'not_running'] as const) {
    const names = skipped.filter((one) => one.reason === reason).map(({ provider }) => provider);
    if (names.length) host.err.write(`${reasons[reason]}: ${names.join(', ')}\n`);
  }
  printWarnings(
    host,
    failed.map(({ message }) => message),
  );
}

async function keepAll(host: CliHost, core: Core, report: NewsReport, signal: AbortSignal): Promise<number> {
  let stored = 0;
  for (const { provider, added, missing, changed } of report.lists) {
    if (!added.length && !missing.length && !changed.length) continue;
    const answer = await ask(core, 'models.keep', { provider, accept: 'all' }, signal);
    stored += answer.kept;
    printWarnings(host, answer.warnings);
  }
  return stored;
}

/**
 * `comfyvn-llm sync`: every provider that is on and has its key is asked for its own free model list; what differs is
 * shown, and written with `--keep` only. Ends with the code of a failed provider where one that was asked failed.
 */
export async function syncCommand(host: CliHost, names: string[], flags: SyncFlags): Promise<ExitCode> {
  const core = await host.core();
  const abort = new AbortController();
  const stopListening = host.onInterrupt(() => abort.abort());
  try {
    const input = names.length ? { providers: names } : {};
    const report = await ask(core, 'models.news', input, abort.signal);
    const stored = flags.keep ? await keepAll(host, core, report, abort.signal) : null;
    if (flags.json) printJson(host, { ...report, kept: stored });
    else {
      printReport(host, report);
      const differs = report.lists.some(
        ({ added, missing, changed }) => added.length + missing.length + changed.length,
      );
      if (stored !== null) host.err.write(`${stored} models kept\n`);
      else if (differs)
        host.err.write('nothing was kept; --keep writes what differs to config/llm/overlays\n');
    }
    return report.failed.length ? exitCodes.provider : exitCodes.ok;
  } finally {
    stopListening();
    await core.close();
  }
}

/** `comfyvn-llm catalogue`: shows what a catalogue file would change; `--apply` takes it over. */
export async function catalogueCommand(
  host: CliHost,
  file: string,
  flags: { apply?: boolean; lowerPrice?: string[]; json?: boolean },
): Promise<void> {
  const document = await readCatalogueText(file);
  const core = await host.core();
  try {
    const input = {
      document,
      mode: flags.apply ? 'apply' : 'preview',
      lower_prices: flags.lowerPrice ?? [],
    };
    const answer = await ask(core, 'models.import', input, new AbortController().signal);
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
      host.err.write(`a lower price waits for --lower-price ${provider}/${id}\n`);
    host.err.write(flags.apply ? `${answer.kept} models written\n` : 'nothing was written; --apply does\n');
  } finally {
    await core.close();
  }
}

async function readCatalogueText(file: string): Promise<string> {
  const { readTextFile } = await import('../../core/lib/files/read-text-file.ts');
  const read = readTextFile(file);
  if (read.state === 'read') return read.text;
  throw new AppError(
    'invalid_request',
    `${file} cannot be read${'problem' in read ? `: it ${read.problem}` : ''}`,
  );
}
