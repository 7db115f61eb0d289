import { describe, expect, test } from 'vitest';
import { testCore } from '../../__fixtures__/test-core.ts';

describe('a registration is refused for', () => {
  test('the name or alias of a registry provider', async () => {
    const { refusal, ask } = testCore();
    for (const id of ['stub', 'openai_public', 'openrouter', 'openrouter_hub'])
      expect(await refusal('runtime.register', { id, provider: 'stub' }), id).toMatchObject({
        code: 'id_taken',
        details: { id },
      });
    expect((await ask('runtime.list')).adapters).toEqual([]);
  });

  test('an id that could be misread in a path, a header or a prototype', async () => {
    const { refusal } = testCore();
    for (const id of ['', 'a b', 'a/b', '../x', '__proto__', '-x', 'x'.repeat(65), 'a\nb', 'module:x'])
      expect((await refusal('runtime.register', { id, provider: 'stub' })).code, JSON.stringify(id)).toBe(
        'invalid_request',
      );
    expect(await refusal('runtime.register', { provider: 'stub' })).toMatchObject({
      details: { fields: [{ path: 'id' }] },
    });
  });

  test('an unknown provider, with the closest name that exists', async () => {
    const { refusal } = testCore();
    const error = await refusal('runtime.register', { id: 'x', provider: 'lmstudio_locl' });
    expect(error).toMatchObject({
      code: 'unknown_provider',
      message: expect.stringContaining('"lmstudio_local"'),
    });
  });

  test('an adapter name without an address', async () => {
    const { refusal } = testCore();
    const error = await refusal('runtime.register', { id: 'x', provider: 'openai_compat' });
    expect(error).toMatchObject({
      code: 'invalid_request',
      details: { fields: [{ path: 'metadata.base_url' }] },
    });
  });

  const addresses = [
    'localhost:1234',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    '',
    'not a url',
    'javascript:alert(1)',
  ];
  for (const base_url of addresses) {
    test(`an address like "${base_url}"`, async () => {
      const error = await testCore().refusal('runtime.register', {
        id: 'x',
        provider: 'lmstudio_local',
        metadata: { base_url },
      });
      expect(error).toMatchObject({
        code: 'invalid_request',
        message: expect.stringContaining('metadata.base_url'),
      });
    });
  }

  test('a credential in the address, and the answer does not repeat it', async () => {
    const { refusal } = testCore();
    for (const base_url of ['http://me:hunter22@127.0.0.1:9/v1', 'http://hunter22@127.0.0.1:9/v1']) {
      const error = await refusal('runtime.register', {
        id: 'x',
        provider: 'lmstudio_local',
        metadata: { base_url },
      });
      expect(error.code).toBe('invalid_request');
      expect(JSON.stringify(error)).not.toContain('hunter22');
    }
  });

  test('a header or key that would split the request', async () => {
    const { refusal } = testCore();
    const bad = [
      { headers: { 'X-A': 'b\r\nX-C: d' } },
      { headers: { 'X-A': 'b\nc' } },
      { headers: { 'X A': 'b' } },
      { headers: { 'X-A\r\nB': 'b' } },
      { headers: { '': 'b' } },
      { headers: { 'X-A': '日' } },
      { api_key: 'key\r\nX-C: d' },
    ];
    for (const metadata of bad)
      expect(
        (await refusal('runtime.register', { id: 'x', provider: 'lmstudio_local', metadata })).code,
        JSON.stringify(metadata),
      ).toBe('invalid_request');
  });

  test('too many adapters: memory is bounded, and replacing one still works', async () => {
    const { ask, refusal } = testCore();
    for (let i = 0; i < 256; i++) await ask('runtime.register', { id: `a${i}`, provider: 'stub' });
    expect((await refusal('runtime.register', { id: 'one-more', provider: 'stub' })).code).toBe(
      'invalid_request',
    );
    expect((await ask('runtime.register', { id: 'a7', provider: 'stub', label: 'new' })).adapter.label).toBe(
      'new',
    );
  });
});
