import { expect, test } from 'vitest';
import { readPasted } from './pasted-registration.ts';

const known = [{ name: 'openai_public', base_url: 'https://api.openai.com/v1' }];
const read = (source: string) => readPasted(source, known);
const key = 'sk-planted-1234567890';

test('a multi-line cURL command gives address, model and headers, and its key separately', () => {
  const found = read(`curl https://llm.example.com/v1/chat/completions \\
    -H "Authorization: Bearer ${key}" -H 'Content-Type: application/json' -H "X-Title: My game" \\
    -d '{"model": "big-70b", "messages": [{"role":"user","content":"it'"'"'s me"}]}'`);
  expect(found).toEqual({
    form: {
      id: 'llm-example-com',
      provider: 'openai_compat',
      baseUrl: 'https://llm.example.com/v1',
      models: 'big-70b',
      metadata: '{\n  "headers": {\n    "X-Title": "My game"\n  }\n}',
    },
    key,
    notes: [],
  });
  expect(JSON.stringify(found?.form)).not.toContain('planted');
});

test.each([
  ['x-api-key', `curl -s https://h/v1/messages -H 'x-api-key: ${key}' -H 'anthropic-version: 2023-06-01'`],
  ['the URL', `curl 'https://h/v1/models?key=${key}'`],
  ['an unquoted URL with a question mark', `curl https://h/v1/models?key=${key}`],
  ['-u', `curl -u :${key} --url=https://h/v1/models`],
  ['a header attached to its flag', `curl "-HAuthorization: Bearer ${key}" https://h/v1`],
  ['JSON metadata', JSON.stringify({ id: 'a', provider: 'openai_compat', metadata: { api_key: key } })],
  [
    'JSON headers',
    JSON.stringify({ name: 'a', base: 'https://h', headers: { Authorization: `Bearer ${key}` } }),
  ],
  ['a bare URL', `https://user:${key}@h/v1`],
])('a key in %s is extracted and never stays in the form', (_where, source) => {
  const found = read(source);
  expect(found?.key?.replace(/^:/, '')).toBe(key);
  expect(JSON.stringify(found?.form)).not.toContain('planted');
});

test('a shell variable is not taken for a key, with a notice', () => {
  const found = read(
    'curl https://api.openai.com/v1/chat/completions -H "Authorization: Bearer $OPENAI_API_KEY"',
  );
  expect(found?.key).toBeNull();
  expect(found?.notes.join()).toContain('$OPENAI_API_KEY');
  expect(found?.form.provider).toBe('openai_public');
});

test('a cookie is neither stored nor used as the key', () => {
  const found = read("curl https://h/v1 -H 'Cookie: session=planted'");
  expect(found?.key).toBeNull();
  expect(JSON.stringify(found?.form)).not.toContain('planted');
  expect(found?.notes.join()).toContain('Cookie');
});

test.each([
  ['http://127.0.0.1:11434/api/chat', 'ollama', 'http://127.0.0.1:11434', 'local-11434'],
  ['localhost:8080/v1/chat/completions', 'openai_compat', 'http://localhost:8080/v1', 'local-8080'],
  ['http://127.0.0.1:1234/v1/', 'openai_compat', 'http://127.0.0.1:1234/v1', 'local-1234'],
  ['https://api.example.org/v1/messages', 'anthropic_compat', 'https://api.example.org/v1', 'example-org'],
])('%s alone gives protocol, base URL and an id', (source, provider, baseUrl, id) => {
  expect(read(source)?.form).toEqual({ provider, baseUrl, id });
});

test('a provider file and an API registration both fill the form', () => {
  const file = {
    name: 'box',
    adapter: 'ollama',
    base: 'http://h:1',
    label: 'Box',
    models: [{ id: 'a' }, 'b'],
  };
  expect(read(JSON.stringify(file))?.form).toMatchObject({
    id: 'box',
    provider: 'ollama',
    baseUrl: 'http://h:1',
    label: 'Box',
    models: 'a\nb',
  });
  const asked = {
    adapter_id: 'x',
    provider: 'lmstudio_local',
    modes: ['chat', 'json'],
    metadata: { timeout: 5 },
  };
  expect(read(JSON.stringify(asked))?.form).toEqual({
    id: 'x',
    provider: 'lmstudio_local',
    modes: 'chat, json',
    metadata: '{\n  "timeout": 5\n}',
  });
});

test('unrelated text fills nothing', () => {
  for (const source of ['', 'hello', '{"a":1}', '{broken', 'curl --help', 'ftp://h/x', 'javascript:alert(1)'])
    expect(read(source)).toBeNull();
});
