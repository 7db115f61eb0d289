import { Agent, request as httpRequest } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, it, onTestFinished, vi } from 'vitest';
import { isObject } from '../core/lib/json.ts';
import { testServer, type TestServer } from './__fixtures__/test-server.ts';
import { openApiDocument } from './openapi/document.ts';

/** 10,000 and more by FUZZ_RUNS. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 1500);
const atOnce = 20;

interface Target {
  method: string;
  path: string;
  examples: unknown[];
}

type Operation = {
  requestBody?: { content: Record<string, { examples?: Record<string, { value: unknown }> }> };
};

const targets: Target[] = Object.entries(
  (openApiDocument('0') as { paths: Record<string, Record<string, Operation>> }).paths,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { requestBody }]) => {
    const examples = Object.values(requestBody?.content['application/json']?.examples ?? {}).map(
      ({ value }) => value,
    );
    return { method: method.toUpperCase(), path, examples: examples.length ? examples : [{}] };
  }),
);

const keyNames = [
  'provider',
  'model',
  'messages',
  'schema',
  'params',
  'stream',
  'mock',
  'id',
  'metadata',
  'variables',
  '__proto__',
  'constructor',
  'toString',
  '',
];
const weird = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      null,
      -1,
      0,
      1e308,
      '',
      'stub',
      'stub/',
      'module:',
      'module:translate',
      'default',
      'a'.repeat(20_000),
      [],
      {},
      true,
      '\u0000',
      '\ud800',
      '__proto__',
      [[]],
      { $ref: '#' },
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);

/** The example with one value replaced, added or removed. */
function mutate(example: unknown, where: number[], name: string, value: unknown, remove: boolean): unknown {
  const [first, ...rest] = where;
  if (first === undefined || (!isObject(example) && !Array.isArray(example))) return value;
  if (Array.isArray(example)) {
    if (example.length === 0) return [value];
    return example.map((item: unknown, i) =>
      i === first % example.length ? mutate(item, rest, name, value, remove) : item,
    );
  }
  const keys = Object.keys(example);
  const key = first % (keys.length + 1) === keys.length ? name : (keys[first % (keys.length + 1)] ?? name);
  // Built as text, because `{ __proto__: … }` in an object literal does not create a key.
  const stored = Object.entries(example).filter(([k]) => k !== key);
  if (remove && keys.includes(key)) return Object.fromEntries(stored);
  return Object.fromEntries([...stored, [key, mutate(example[key], rest, name, value, remove)]]);
}

const target = fc.constantFrom(...targets);
const mutated = fc
  .record({
    target,
    pick: fc.nat(10),
    where: fc.array(fc.nat(12), { maxLength: 4 }),
    name: fc.constantFrom(...keyNames),
    value: weird,
    remove: fc.boolean(),
  })
  .map(({ target: at, pick, where, name, value, remove }) => ({
    at,
    text: JSON.stringify(mutate(at.examples[pick % at.examples.length], where, name, value, remove)) ?? '',
  }));
const random = fc.record({
  at: target,
  text: fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    weird.map((value) => JSON.stringify(value)),
  ),
});
const cut = fc
  .tuple(mutated, fc.nat(300))
  .map(([{ at, text }, length]) => ({ at, text: text.slice(0, length) }));
const segment = fc.oneof(
  fc.constantFrom('translate', 'none', '..', '%2e%2e', '%', '%00', '__proto__', 'a'.repeat(300)),
  fc.webSegment(),
);
const call = fc.record({
  body: fc.oneof(
    { weight: 6, arbitrary: mutated },
    { weight: 2, arbitrary: random },
    { weight: 1, arbitrary: cut },
  ),
  segment,
  query: fc.oneof(
    { weight: 4, arbitrary: fc.constant('') },
    fc.webQueryParameters().map((query) => `?${query}`),
  ),
  type: fc.oneof(
    { weight: 9, arbitrary: fc.constant('application/json') },
    fc.constantFrom('text/plain', 'application/json; charset=utf-16', ''),
  ),
});
type FuzzCall = { body: { at: Target; text: string }; segment: string; query: string; type: string };

function sendOver(
  agent: Agent,
  port: number,
  { body, segment: part, query, type }: FuzzCall,
): Promise<{ status: number; text: string; path: string }> {
  const { method, path: pattern } = body.at;
  const path = pattern.replace(/\{\w+\}/g, part) + query;
  const bytes = Buffer.from(body.text);
  const headers = method === 'POST' ? { 'content-type': type, 'content-length': bytes.length } : {};
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, method, path, agent, headers, timeout: 15_000 },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text, path }));
        response.on('error', reject);
      },
    );
    request.on('timeout', () => request.destroy(new Error(`${method} ${path} hangs`)));
    request.on('error', reject);
    request.end(method === 'POST' ? bytes : undefined);
  });
}

async function bombard(transport: TestServer, numRuns: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: atOnce, maxLength: atOnce }), async (calls) => {
        for (const { status, text, path } of await Promise.all(
          calls.map((one) => sendOver(agent, transport.port, one)),
        ))
          if (status === 500 || status < 200) throw new Error(`${path}: ${status} ${text.slice(0, 500)}`);
      }),
      { numRuns: Math.ceil(numRuns / atOnce), endOnFailure: true },
    );
  } finally {
    agent.destroy();
  }
}

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;
function memoryUsed(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

it(
  'no body causes a 500 or a hang, and afterwards the server is healthy and its memory released',
  { timeout: 60_000 + runs * 60 },
  async () => {
    const nowhere = 'http://127.0.0.1:9/v1';
    const transport = await testServer({
      env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: nowhere, COMFYVN_LLM_OLLAMA_DEFAULT_BASE_URL: nowhere },
      files: { 'config/comfyvn.json': { features: { silly_compat_offload: true } } },
    });
    onTestFinished(() => expect(transport.transport.status().error).toBeNull());
    await bombard(transport, runs / 5);
    const before = memoryUsed();
    await bombard(transport, runs);
    const after = await transport.send({ path: '/health' });
    expect(after.json()).toMatchObject({ ok: true });
    // The call log writes in batches, and releases their memory afterwards.
    await vi.waitFor(() => expect((memoryUsed() - before) / 1024 / 1024).toBeLessThan(30), {
      timeout: 10_000,
      interval: 200,
    });
  },
);
