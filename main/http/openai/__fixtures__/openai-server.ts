import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import OpenAI from 'openai';
import { expect } from 'vitest';
import { chatOptions } from '../../../core/__fixtures__/chat-core.ts';
import { temporaryFolder, type TestCoreOptions } from '../../../core/__fixtures__/test-core.ts';
import { testServer, type Call, type Reply, type TestServer } from '../../__fixtures__/test-server.ts';

export interface OpenAiServer extends TestServer {
  /** The official client, without retries. */
  client: OpenAI;
  /** One chat completion over its own socket. */
  complete(body: unknown, more?: Partial<Call>): Promise<Reply>;
}

/** A server whose providers are all at `url`, with OpenAI's client. */
export async function openAiServer(url: string, options: TestCoreOptions = {}): Promise<OpenAiServer> {
  const transport = await testServer(chatOptions(url, options));
  const client = new OpenAI({ baseURL: `${transport.url}/v1`, apiKey: 'a-key-nobody-reads', maxRetries: 0 });
  const complete = (body: unknown, more: Partial<Call> = {}) =>
    transport.send({ method: 'POST', path: '/v1/chat/completions', body, ...more });
  return { ...transport, client, complete };
}

/** The chunks of a stream as clients read them, and whether its end mark was present. */
export function chunksIn(text: string): { chunks: Record<string, unknown>[]; done: boolean } {
  const data = text.split('\n').flatMap((line) => (line.startsWith('data: ') ? [line.slice(6)] : []));
  const chunks = data
    .filter((line) => line !== '[DONE]')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { chunks, done: data.at(-1) === '[DONE]' };
}

/** Creates a ComfyVN registry file with these defaults; returns its path for `COMFYVN_LLM_REGISTRY`. */
export function registryFile(defaults: object): string {
  const file = join(temporaryFolder(), 'registry.json');
  writeFileSync(file, JSON.stringify({ providers: [], defaults }));
  return file;
}

/** The error with which a client's call fails. */
export async function failure(call: Promise<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OpenAI.APIError);
  return error as InstanceType<typeof OpenAI.APIError>;
}
