import type { Message, TestCallAnswer, TestCallRequest } from '../../../contract/chat.ts';
import { AppError } from '../app-error.ts';
import type { FeatureFlags } from '../features/feature-flags.ts';
import type { RequestContext } from '../request-context.ts';
import type { ChatService } from './chat-service.ts';
import { switchedOffReason } from './gates.ts';
import { mockReply } from './mock-reply.ts';
import type { Resolved } from './resolve.ts';

function messagesOf(request: TestCallRequest): Message[] {
  if (request.messages?.length) return request.messages;
  return [{ role: 'user', content: request.prompt ?? '' }];
}

function echo(messages: Message[], warnings: string[]): TestCallAnswer {
  const { text, usage } = mockReply(messages, undefined);
  return { reply: text, data: { reply: text, raw: null, headers: {}, usage }, dry_run: false, warnings, rating_gate: null };
}

/** Why a cloud provider only gets a dry run; null when the call may go out. */
function dryBecause({ provider }: Resolved, request: TestCallRequest, flags: FeatureFlags): string | null {
  if (provider.kind !== 'cloud') return null;
  if (!request.live && provider.settings['test_call'] !== 'live')
    return `${provider.name} is a paid provider: nothing was sent; send live: true, or set its test_call setting to "live"`;
  const off = switchedOffReason(provider, flags);
  return off && `nothing was sent: ${off}`;
}

/**
 * A test call, which never costs money by itself: the stub and unknown providers echo, local and proxy ones are
 * called, cloud ones are planned unless the caller or the provider's own switch says live.
 */
export async function testCall(chat: ChatService, flags: FeatureFlags, request: TestCallRequest, context: RequestContext): Promise<TestCallAnswer> {
  const { registry_id, provider: named, prompt: _prompt, live: _live, ...rest } = request;
  const provider = registry_id ?? named;
  const messages = messagesOf(request);
  if (provider === undefined) return echo(messages, ['no provider was named: the stub answered']);
  const chatRequest = { ...rest, provider, messages, retries: 0 };
  let resolved: Resolved;
  try {
    resolved = chat.resolve(chatRequest);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'unknown_provider') throw error;
    return echo(messages, [`${error.message}: the stub answered`]);
  }
  if (resolved.provider.kind === 'stub') return echo(messages, []);
  const why = dryBecause(resolved, request, flags);
  if (why) {
    const { plan, estimate, warnings } = await chat.dryRun(chatRequest, context);
    const reply = `[dry run, nothing sent] ${mockReply(messages, undefined).text}`;
    const data = { reply, raw: null, headers: {}, usage: null };
    return { reply, data, dry_run: true, plan, estimate, warnings: [...warnings, why], rating_gate: null };
  }
  const { reply, data, warnings } = await chat.send(chatRequest, context);
  return { reply, data: { reply, raw: data.raw, headers: data.headers, usage: data.usage }, dry_run: false, warnings, rating_gate: null };
}
