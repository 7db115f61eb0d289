import type { DryRunAnswer } from '../../../contract/chat.ts';
import { powershellRequest } from '../../../contract/powershell.ts';
import { AppError } from '../../core/lib/app-error.ts';
import type { ChatCall } from '../../core/chat/resolve/merge-options.ts';
import type { Offline } from '../../core/app/offline.ts';
import { chatFields, messagesOf } from '../chat-flags.ts';
import type { CliHost } from '../host.ts';
import { inputLines, requestOf, type LineFlags, type LineRequest } from '../input-lines.ts';
import { costText, printJson, printJsonLine, printWarnings, usd } from '../print.ts';
import { plain, styleFor } from '../style.ts';
import { printTable } from '../table.ts';

export interface PlanFlags extends LineFlags {
  file?: string;
  curl?: boolean;
  powershell?: boolean;
  json?: boolean;
}

/** A line's request as a chat. A prompt pack is rendered. */
export async function callOf(offline: Offline, { kind, request }: LineRequest): Promise<ChatCall> {
  return kind === 'chat' ? request : (await offline.prepare(request)).call;
}

/** A dry run of a line's request. */
export async function planOf(offline: Offline, line: LineRequest): Promise<DryRunAnswer> {
  return offline.plan(await callOf(offline, line));
}

/** The text from the command line, else from standard input. */
export async function textToSend(host: CliHost, words: readonly string[]): Promise<string> {
  if (words.length) return words.join(' ');
  const text = (await host.readInput())?.trimEnd();
  if (text) return text;
  throw new AppError('invalid_request', 'nothing to send: add a text or a file (-f), or pipe in a text');
}

/** Prints one plan as text. */
export function printPlan(host: CliHost, answer: DryRunAnswer): void {
  const { out, env } = host;
  const style = styleFor(out, env);
  const { plan, estimate, provider, model, module, preset, dropped, rewritten } = answer;
  const line = (label: string, text: string) =>
    out.write(`${style('dim', label.padEnd(10))} ${plain(text)}\n`);
  line(
    'model',
    [provider, model, module && `module ${module}`, preset && `preset ${preset}`].filter(Boolean).join(' · '),
  );
  line('request', `${plan.method} ${plan.url}`);
  line('bytes', `${plan.bytes}, sha256 ${plan.sha256}`);
  const maxTokens = estimate.max_completion_tokens;
  line(
    'tokens',
    `${estimate.prompt_tokens} in, ${maxTokens === null ? 'no limit' : `at most ${maxTokens}`} out`,
  );
  line('cost', costText(estimate));
  for (const { param, reason } of dropped) line('dropped', `${param}: ${reason}`);
  for (const { path, reason } of rewritten) line('changed', `${path}: ${reason}`);
  out.write(`${plain(JSON.stringify(plan.body, null, 2))}\n`);
  printWarnings(host, answer.warnings);
}

interface PlannedLine {
  n: number;
  sha256: string;
  tokens: number;
  cost: string;
  model: string;
}

async function planFile(host: CliHost, offline: Offline, file: string, flags: PlanFlags): Promise<void> {
  const rows: PlannedLine[] = [];
  const warnings = new Set<string>();
  const sum = { min: 0, max: 0, known: true };
  for await (const line of inputLines(file, flags.encoding)) {
    const answer = await planOf(offline, requestOf(file, line, flags));
    const { plan, estimate, provider, model } = answer;
    if (flags.json)
      printJsonLine(host, { line: line.n, ...(line.id === undefined ? {} : { id: line.id }), ...answer });
    else
      rows.push({
        n: line.n,
        sha256: plan.sha256,
        tokens: estimate.prompt_tokens,
        cost: costText(estimate),
        model: `${provider}/${model}`,
      });
    for (const text of answer.warnings) warnings.add(text);
    sum.min += estimate.cost?.min ?? 0;
    sum.max += estimate.cost?.max ?? Infinity;
    sum.known &&= estimate.cost !== null;
  }
  if (flags.json) return;
  printTable(
    host,
    [
      { title: 'LINE', of: (r) => String(r.n), right: true },
      { title: 'SHA256', of: (r) => r.sha256, shrinks: true },
      { title: 'TOKENS', of: (r) => String(r.tokens), right: true },
      { title: 'COST', of: (r) => r.cost },
      { title: 'MODEL', of: (r) => r.model },
    ],
    rows,
  );
  const total = sum.known
    ? `${usd(sum.min)} to ${Number.isFinite(sum.max) ? usd(sum.max) : 'no known limit'}`
    : 'price unknown';
  host.out.write(`${rows.length} lines, ${total}; nothing was sent\n`);
  printWarnings(host, [...warnings]);
}

const powershellText = ({ method, url, headers, credentials, body }: DryRunAnswer['plan']) =>
  powershellRequest({ method, url, headers, credentials, body: JSON.stringify(body) });

/** `comfyvn-llm plan`: a dry run. The request has the same bytes as the API's dry run. */
export async function planCommand(host: CliHost, words: string[], flags: PlanFlags): Promise<void> {
  const offline = await host.offline();
  if (flags.file !== undefined) return planFile(host, offline, flags.file, flags);
  const text = await textToSend(host, words);
  const request: LineRequest =
    flags.textAs === undefined
      ? { kind: 'chat', request: { ...chatFields(flags), messages: messagesOf(text, flags) } }
      : requestOf('the command line', { n: 1, id: undefined, source: JSON.stringify(text) }, flags);
  const answer = await planOf(offline, request);
  if (flags.json) return printJson(host, answer);
  if (flags.curl) return host.out.write(`${answer.plan.curl}\n`);
  if (flags.powershell) return host.out.write(`${powershellText(answer.plan)}\n`);
  printPlan(host, answer);
}
