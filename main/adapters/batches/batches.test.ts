import { describe, expect, it } from 'vitest';
import type { BatchProtocol } from './protocol.ts';
import { batchProtocols } from './protocols.ts';

const protocols = Object.entries(batchProtocols) as [string, BatchProtocol][];

/** Spacing, escapes and key order that JSON.stringify would change. */
const body = '{"b":1.0, "a" : "\\u00e9 \\"quoted\\"", "10": [ ] ,"2":1e3}';
const input = {
  reference: 'reference-1',
  model: 'some-model',
  requests: [
    { id: 'one', body },
    { id: 'two', body: '{}' },
  ],
};

const junk = [
  null,
  1,
  'text',
  [],
  {},
  { data: 1 },
  { id: 5, status: 7 },
  { metadata: [], response: 'x' },
  { result: 1 },
];

describe.each(protocols)('the batch protocol of %s', (_, protocol) => {
  const sent = () =>
    (protocol.upload ?? { call: (all: typeof input) => protocol.create(all, '') }).call(input);

  it('carries the bodies byte for byte, each under its id', () => {
    const text = sent().body?.toString('utf8') ?? '';
    expect(text).toContain(body);
    expect(text).toContain('"one"');
  });

  it('stays within the size that is counted for a request', () => {
    const bare = Buffer.byteLength(body) + 2;
    const bytes = sent().body?.length ?? Infinity;
    // Overhead of the form or envelope, once per batch.
    expect(bytes).toBeLessThanOrEqual(bare + 2 * protocol.requestOverhead + 400);
  });

  it('reads nothing into JSON that is something else, and never throws', () => {
    for (const json of junk) {
      expect(protocol.batchOf(json)).toBeNull();
      expect(protocol.resultsOf(json)).toEqual([]);
      expect(protocol.list.batchesOf(json).batches).toEqual([]);
      expect(protocol.upload?.fileOf(json) ?? null).toBeNull();
    }
  });

  it('an id cannot leave its place in the address', () => {
    for (const call of [protocol.get('../../models'), protocol.cancel('a?b#c')])
      expect(new URL(`https://host.example/v1${call.path}`).pathname).toMatch(/batches\/[^/]+(\/cancel)?$/);
  });
});

describe('Azure', () => {
  const azure = batchProtocols.azure_openai as BatchProtocol;

  it('takes no batch with a dated version, whose requests name no deployment', () => {
    expect(azure.problem?.({ api_version: '2024-10-21' })).toContain('api_version');
    for (const settings of [{}, { api_version: 'v1' }, { api_version: '' }])
      expect(azure.problem?.(settings)).toBeNull();
  });

  it('waits for a file that is still being imported', () => {
    const ready = (status: string) => azure.upload?.isReady({ id: 'file-1', status });
    expect(['pending', 'running', 'notRunning'].map(ready)).toEqual([false, false, false]);
    expect(['processed', 'uploaded', 'error'].map(ready)).toEqual([true, true, true]);
  });
});

it('a status that came later is waited out', () => {
  const batch = batchProtocols.openai?.batchOf({ id: 'batch_1', status: 'resting' });
  expect(batch).toMatchObject({ state: 'running', status: 'resting' });
});
