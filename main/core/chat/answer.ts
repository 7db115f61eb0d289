import type { ChatAnswer, ChatRequest, Resolution } from '../../../contract/chat.ts';
import type { Redactor } from '../lib/redact.ts';
import { warningFieldsOf } from '../lib/warning.ts';
import { cutPromptWarning } from './plan/context-check.ts';
import type { ChatCall } from './resolve/merge-options.ts';
import { mockReply, schemaToMock } from './send/mock-reply.ts';
import type { Plan } from './plan/plan.ts';
import { answerData, type RunResult } from './pipeline.ts';
import type { StreamListener } from './reply/stream-listener.ts';

const rounded = (ms: number) => Math.round(ms * 100) / 100;
const since = (started: number) => rounded(performance.now() - started);

/** The provider, model, module and preset that an answer names. */
export function nameOf(plan: Plan): Pick<ChatAnswer, 'provider' | 'model' | 'module' | 'preset'> {
  const { provider, module, preset } = plan.resolved;
  return {
    provider: provider.name,
    model: plan.model.id,
    module: module?.name ?? null,
    preset: preset?.id ?? null,
  };
}

export function resolutionOf(plan: Plan): Resolution {
  return { ...nameOf(plan), via: plan.resolved.via };
}

export function changesOf(plan: Plan): Pick<ChatAnswer, 'applied' | 'dropped' | 'rewritten'> {
  return { applied: plan.applied, dropped: plan.dropped, rewritten: plan.rewritten };
}

/** The offline answer, streamed to the listener and returned. */
export async function mockAnswer(
  plan: Plan,
  request: ChatCall,
  started: number,
  streamListener?: StreamListener,
): Promise<ChatAnswer> {
  const schema = schemaToMock(plan.schema, plan.options['response_format']);
  const { text, usage } = mockReply(plan.messages, schema, request.offlineReply);
  await streamListener?.delta(text);
  await streamListener?.usage(usage);
  const json = schema ? { json: JSON.parse(text) as unknown } : {};
  const total_ms = since(started);
  return {
    ...nameOf(plan),
    reply: text,
    data: { reply: text, ...json, raw: null, headers: {}, usage, finish_reason: 'stop' },
    usage,
    pricing_hint: null,
    cost: { total: 0, currency: 'USD', source: 'free' },
    timing: { total_ms, upstream_ms: 0 },
    attempts: [],
    ...changesOf(plan),
    resolution: resolutionOf(plan),
    ...warningFieldsOf([...plan.warnings, ...plan.blocked]),
    context: request.context ?? null,
    mock: true,
  };
}

/** The answer for a completed run. Secrets are redacted from whatever the provider sent. */
export function liveAnswer(
  run: RunResult,
  request: ChatRequest,
  started: number,
  attempts: ChatAnswer['attempts'],
  redactor: Redactor,
): ChatAnswer {
  const { plan, usage, cost, price, upstreamMs, outcome } = run;
  const first = outcome.firstTokenMs;
  const data = redactor.redactDeep(answerData(run));
  const { provider, model, module, preset } = nameOf(plan);
  const { applied, dropped, rewritten } = plan;
  const prompt = {
    messages: plan.messages,
    extras: [plan.schema, plan.bodyObject['tools']],
    bytes: plan.body.length,
  };
  const cut = cutPromptWarning(prompt, outcome.result.usage);
  const timing: ChatAnswer['timing'] = { total_ms: since(started), upstream_ms: rounded(upstreamMs) };
  if (first !== undefined) timing.first_token_ms = rounded(first);
  const queuedMs = attempts.reduce((sum, { queued_ms = 0 }) => sum + queued_ms, 0);
  if (queuedMs > 0) timing.queued_ms = queuedMs;
  return {
    provider,
    model,
    module,
    preset,
    reply: data.reply,
    data,
    usage,
    pricing_hint: price.price?.shown ?? null,
    cost,
    timing,
    // The single attempt of a successful call contains no provider text.
    attempts: attempts.length === 1 ? attempts : redactor.redactDeep(attempts),
    applied,
    dropped,
    rewritten,
    resolution: { provider, model, module, preset, via: plan.resolved.via },
    ...warningFieldsOf([
      ...plan.warnings,
      ...(cut === null ? [] : [cut]),
      ...redactor.redactDeep(run.warnings),
    ]),
    context: request.context ?? null,
    mock: false,
  };
}
