import { randomUUID } from 'node:crypto';
import type { ChatRequest } from '../../../contract/chat.ts';
import { AppError } from '../../core/lib/app-error.ts';
import { chatFields, messagesOf, type ChatFlags } from '../chat-flags.ts';
import type { CliHost } from '../host.ts';
import { printJson, printWarnings, usd } from '../print.ts';
import { plain, styleFor } from '../style.ts';
import { textToSend, printPlan } from './plan.ts';

export interface CallFlags extends ChatFlags {
  live?: boolean;
  mock?: boolean;
  retries?: number;
  fallback?: boolean;
  json?: boolean;
}

async function send(host: CliHost, request: ChatRequest, json: boolean | undefined): Promise<void> {
  const core = await host.core();
  const abort = new AbortController();
  const stopListening = host.onInterrupt(() => abort.abort());
  try {
    const context = { requestId: randomUUID(), door: 'cli', signal: abort.signal } as const;
    const envelope = await core.dispatcher.dispatch('chat.send', request, context);
    if (!envelope.ok) throw new AppError(envelope.error.code, envelope.error.message, envelope.error.details);
    const answer = envelope.data;
    if ('dry_run' in answer) return printPlan(host, answer);
    if (json) return printJson(host, answer);
    host.out.write(`${plain(answer.reply)}\n`);
    printWarnings(host, answer.warnings);
    const { usage, cost, provider, model, timing } = answer;
    const spent = cost ? (cost.total === 0 ? 'free' : usd(cost.total)) : 'cost unknown';
    const tokens = usage ? `${usage.prompt_tokens} + ${usage.completion_tokens} tokens` : 'tokens unknown';
    const line = `${provider}/${model} · ${tokens} · ${spent} · ${Math.round(timing.total_ms)} ms`;
    host.err.write(`${styleFor(host.err, host.env)('dim', line)}\n`);
  } finally {
    stopListening();
    await core.close();
  }
}

/** `comfyvn-llm call`: sends the request with `--live`, else shows it. The stub always answers. */
export async function callCommand(host: CliHost, words: string[], flags: CallFlags): Promise<void> {
  const request: ChatRequest = {
    ...chatFields(flags),
    messages: messagesOf(await textToSend(host, words), flags),
    ...(flags.retries === undefined ? {} : { retries: flags.retries }),
    ...(flags.fallback ? { fallback: 'shortlist' as const } : {}),
    ...(flags.mock ? { mock: true } : {}),
  };
  const offline = await host.offline();
  const free = flags.mock || offline.resolve(request).provider.kind === 'stub';
  if (flags.live || free) return send(host, request, flags.json);
  const answer = await offline.plan(request);
  if (flags.json) return printJson(host, answer);
  printPlan(host, answer);
  host.err.write('nothing was sent; --live sends the request\n');
}
