import type { ChatAnswer, ChatStreamEvent, DryRunAnswer, ProviderFailure } from '../../../contract/chat.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import { beforeAll, beforeEach } from 'vitest';
import type { StreamListener } from '../chat/reply/stream-listener.ts';
import { openProvider, type ProviderUpstream } from './provider-upstream.ts';
import { afterTheBlock, testContext, testCore, type TestCore, type TestCoreOptions } from './test-core.ts';
import { vendors, type Protocol } from './protocols.ts';

/** The test key of a provider; it must appear nowhere except in one header of a live call. */
export const plantedKey = (provider: string) => `planted-${provider}-Zq81kTw5vLx0`;

const envPart = (provider: string) => provider.toUpperCase();

/** Sets every provider's address to this one, with a key each. */
export function providerEnv(url: string): Record<string, string> {
  return Object.fromEntries(
    vendors.flatMap(({ provider, base }) => [
      [`COMFYVN_LLM_${envPart(provider)}_BASE_URL`, url + base],
      [`COMFYVN_LLM_${envPart(provider)}_API_KEY`, plantedKey(provider)],
    ]),
  );
}

/** A user's provider for the protocol that no built-in provider uses. */
export const proxyFile = {
  name: 'studio_proxy',
  adapter: 'proxy',
  base: 'http://127.0.0.1:9',
  models: [{ id: 'house-model', tags: ['chat'] }],
};

export const featuresOn = { features: { enable_public_llm: true } };

/** Options for a core or server whose providers are all at `url`, with cloud providers enabled. */
export function chatOptions(url: string, options: TestCoreOptions = {}): TestCoreOptions {
  return {
    ...options,
    env: { ...providerEnv(url), ...options.env },
    files: {
      'config/comfyvn.json': featuresOn,
      'config/llm/providers/studio_proxy.json': proxyFile,
      ...options.files,
    },
  };
}

/** A core whose providers are all at `url`, with cloud providers enabled. */
export const chatCore = (url: string, options: TestCoreOptions = {}): TestCore =>
  testCore(chatOptions(url, options));

/**
 * One provider and one core for all tests of a file or a describe block, because creating a core's database
 * takes time.
 */
export function sharedChat(options: TestCoreOptions = {}): { upstream: ProviderUpstream; core: TestCore } {
  const atEnd = afterTheBlock();
  const shared = {} as { upstream: ProviderUpstream; core: TestCore };
  beforeAll(async () => {
    shared.upstream = await openProvider(atEnd);
    shared.core = chatCore(shared.upstream.url, { ...options, atEnd });
  });
  beforeEach(() => shared.upstream.restart());
  return shared;
}

export const hello = [{ role: 'user', content: 'Say hello to Mira.' }];

/** A chat that names provider and model. */
export const chatTo = (
  protocol: Pick<Protocol, 'provider' | 'model'>,
  overrides: Record<string, unknown> = {},
) => ({
  provider: protocol.provider,
  model: protocol.model,
  messages: hello,
  ...overrides,
});

/** The events that a streaming caller receives, in order. */
export interface Reported extends StreamListener {
  events: Pick<ChatStreamEvent, 'event' | 'data'>[];
  text(): string;
}

export function telling(onDelta: (text: string) => void | Promise<void> = () => {}): Reported {
  const events: Reported['events'] = [];
  const note = (event: ChatStreamEvent['event']) => (data: unknown) =>
    void events.push({ event, data } as Reported['events'][number]);
  return {
    events,
    text: () =>
      events.map(({ event, data }) => (event === 'delta' ? (data as { text: string }).text : '')).join(''),
    start: note('start'),
    delta(text) {
      note('delta')({ text });
      return onDelta(text);
    },
    reasoning: (text) => note('reasoning')({ text }),
    tool: note('tool'),
    usage: note('usage'),
  };
}

/** The two ways to call. */
export type Mode = 'json' | 'stream';

/** Sends a chat in one of the two ways; returns its answer or its error. */
export async function chat(
  { core }: TestCore,
  input: object,
  mode: Mode = 'json',
  signal?: AbortSignal,
): Promise<{ answer?: ChatAnswer; error?: ErrorInfo; reported: Reported }> {
  const reported = telling();
  const context = testContext(signal ? { signal } : {});
  const envelope =
    mode === 'stream'
      ? await core.dispatcher.dispatch('chat.stream', input, context, reported)
      : await core.dispatcher.dispatch('chat.send', input, context);
  return envelope.ok
    ? { answer: envelope.data as ChatAnswer, reported }
    : { error: envelope.error, reported };
}

/** The answer of a chat that must succeed. */
export async function answerOf(core: TestCore, input: object, mode: Mode = 'json'): Promise<ChatAnswer> {
  const { answer, error } = await chat(core, input, mode);
  if (!answer) throw new Error(`${error?.code}: ${error?.message}`);
  return answer;
}

/** The error of a chat that must fail. */
export async function errorOf(core: TestCore, input: object, mode: Mode = 'json'): Promise<ErrorInfo> {
  const { answer, error } = await chat(core, input, mode);
  if (!error) throw new Error(`answered: ${answer?.reply.slice(0, 200)}`);
  return error;
}

/** The provider's part of a failed call's error. */
export function failureIn(error: ErrorInfo | undefined): ProviderFailure {
  if (!error?.details) throw new Error('there is no failure with details');
  return error.details as ProviderFailure;
}

/** What would be sent. */
export async function dryRun({ ask }: TestCore, input: object): Promise<DryRunAnswer> {
  const answer = await ask('chat.send', { ...input, dry_run: true });
  if (!('dry_run' in answer)) throw new Error('this was no dry run');
  return answer;
}
