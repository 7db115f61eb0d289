import type { Message, TestCallAnswer, TestCallRequest } from '../../../contract/chat.ts';
import type { Warning } from '../../../contract/warnings.ts';
import { AppError } from '../lib/app-error.ts';
import { warning, warningFieldsOf } from '../lib/warning.ts';
import type { FeatureFlags } from '../registry/features/feature-flags.ts';
import type { RequestContext } from '../lib/request-context.ts';
import type { ChatService } from './chat-service.ts';
import { switchedOffReason } from './preflight-checks.ts';
import { mockReply } from './send/mock-reply.ts';
import type { Resolved } from './resolve/resolve.ts';

function messagesOf(request: TestCallRequest): Message[] {
  if (request.messages?.length) return request.messages;
  return [{ role: 'user', content: request.prompt ?? '' }];
}

/** The stub's answer; `asked` is the request as logged. */
function echo(
  chat: ChatService,
  asked: { provider?: string; messages: Message[] },
  context: RequestContext,
  warnings: readonly Warning[],
): TestCallAnswer {
  const { text, usage } = mockReply(asked.messages, undefined);
  const model = chat.catalog.registry.providers.get('stub')?.models[0]?.id ?? 'stub';
  const stub = { provider: 'stub', model, mock: true, timing: { upstream_ms: 0 }, attempts: [], cost: null };
  chat.recorder.begin(asked, context).answered({ ...stub, reply: text, usage });
  return {
    reply: text,
    data: { reply: text, raw: null, headers: {}, usage },
    dry_run: false,
    ...warningFieldsOf(warnings),
    rating_gate: null,
  };
}

/** Why a cloud provider gets only a dry run; null if the call may be sent. */
function dryBecause({ provider }: Resolved, request: TestCallRequest, flags: FeatureFlags): Warning | null {
  if (provider.kind !== 'cloud') return null;
  if (!request.live && provider.settings['test_call'] !== 'live')
    return warning(
      'paid_provider_not_called',
      { provider: provider.name },
      `${provider.name} is a paid provider: nothing was sent; send live: true, or set its test_call setting to "live"`,
    );
  const off = switchedOffReason(provider, flags);
  if (off === null) return null;
  return warning('provider_switched_off', { provider: provider.name }, `nothing was sent: ${off.message}`);
}

/**
 * A test call that never costs money by default: the stub and unknown providers echo, local and proxy
 * providers are called, and cloud providers get a dry run unless the caller or the provider's own setting
 * says live.
 */
export async function testCall(
  chat: ChatService,
  flags: FeatureFlags,
  request: TestCallRequest,
  caller: RequestContext,
): Promise<TestCallAnswer> {
  const { registry_id, provider: named, prompt: _prompt, live: _live, ...rest } = request;
  const provider = registry_id ?? named;
  const messages = messagesOf(request);
  const context: RequestContext = { ...caller, kind: 'test_call' };
  if (provider === undefined)
    return echo(chat, { messages }, context, [
      warning('no_provider_named', {}, 'no provider was named: the stub answered'),
    ]);
  const chatRequest = { ...rest, provider, messages, retries: 0 };
  let resolved: Resolved;
  try {
    resolved = chat.resolve(chatRequest);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'unknown_provider') {
      chat.recorder.begin(chatRequest, context).failed(error);
      throw error;
    }
    const text = `${error.message}: the stub answered`;
    return echo(chat, chatRequest, context, [warning('stub_answered', { provider }, text)]);
  }
  if (resolved.provider.kind === 'stub') return echo(chat, chatRequest, context, []);
  const why = dryBecause(resolved, request, flags);
  if (why) {
    const { plan, estimate, warnings, warning_details } = await chat.dryRun(chatRequest, context);
    const reply = `[dry run, nothing sent] ${mockReply(messages, undefined).text}`;
    const data = { reply, raw: null, headers: {}, usage: null };
    return {
      reply,
      data,
      dry_run: true,
      plan,
      estimate,
      warnings: [...warnings, why.message],
      warning_details: [...warning_details, why],
      rating_gate: null,
    };
  }
  const { reply, data, warnings, warning_details } = await chat.send(chatRequest, context);
  return {
    reply,
    data: { reply, raw: data.raw, headers: data.headers, usage: data.usage },
    dry_run: false,
    warnings,
    warning_details,
    rating_gate: null,
  };
}
