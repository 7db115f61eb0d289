import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adapterNames, type AdapterName } from '../../../../contract/provider.ts';
import { readBaseUrl, writtenBaseUrl } from './base-url.ts';

function read(text: string, adapter: AdapterName = 'openai_compat') {
  const found = readBaseUrl(text, adapter);
  if ('problem' in found) throw new Error(found.problem);
  return found;
}

const problemOf = (text: string, adapter: AdapterName = 'openai_compat') => {
  const found = readBaseUrl(text, adapter);
  return 'problem' in found ? found.problem : null;
};

describe('a correct base URL is used without a notice', () => {
  test.each<[AdapterName, string]>([
    ['openai_compat', 'http://127.0.0.1:1234/v1'],
    ['openai_compat', 'http://[::1]:8080/v1'],
    ['openai_compat', 'https://api.groq.com/openai/v1'],
    ['openai_compat', 'https://generativelanguage.googleapis.com/v1beta/openai'],
    ['openai_compat', 'https://api.cohere.ai/compatibility/v1'],
    ['openai_compat', 'https://open.bigmodel.cn/api/paas/v4'],
    ['openai_compat', 'https://models.github.ai/inference'],
    ['openai_compat', 'http://127.0.0.1:3000/api'],
    ['openai_compat', 'https://api.perplexity.ai'],
    ['openai_compat', 'https://studio.services.ai.azure.com/models'],
    ['openai_compat', 'https://router.huggingface.co/hf/models/org/name/v1'],
    ['lmstudio', 'http://127.0.0.1:1234/api/v0'],
    ['openrouter', 'https://openrouter.ai/api/v1'],
    ['anthropic', 'https://api.anthropic.com/v1'],
    ['anthropic_compat', 'https://api.deepseek.com/anthropic/v1'],
    ['gemini', 'https://generativelanguage.googleapis.com/v1beta'],
    [
      'gemini',
      'https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1/publishers/google',
    ],
    ['ollama', 'http://127.0.0.1:11434'],
    ['ollama', 'https://example.com/ollama'],
    ['azure_openai', 'https://studio.openai.azure.com'],
    ['azure_openai', 'https://gateway.azure-api.net/llm'],
    ['proxy', 'http://127.0.0.1:8001/api/llm'],
    ['stub', 'stub://local'],
  ])('%s: %s', (adapter, base) => {
    expect(read(base, adapter)).toEqual({ base, query: {}, notice: null, notes: [] });
  });

  test.each([
    ['HTTP://LOCALHOST:1234/v1', 'http://localhost:1234/v1'],
    ['HTTPS://API.OpenAI.com:443/v1', 'https://api.openai.com/v1'],
    ['http://api.example.com:80/v1', 'http://api.example.com/v1'],
    [' \thttp://127.0.0.1:1234/v1//\n', 'http://127.0.0.1:1234/v1'],
    ['http://127.0.0.1:1234//v1', 'http://127.0.0.1:1234/v1'],
    ['https://api.openai.com./v1', 'https://api.openai.com/v1'],
  ])('an equivalent form by RFC 3986 gives no notice: %j', (text, base) => {
    expect(read(text)).toEqual({ base, query: {}, notice: null, notes: [] });
  });
});

describe('the URL of one call becomes the server’s base URL', () => {
  test.each<[AdapterName, string, string]>([
    ['openai_compat', 'http://h.test/v1/chat/completions', 'http://h.test/v1'],
    ['openai_compat', 'http://h.test/v1/chat/completions/', 'http://h.test/v1'],
    ['openai_compat', 'http://h.test/v1/chat/completions/chat/completions', 'http://h.test/v1'],
    ['openai_compat', 'http://h.test/v1/v1/chat/completions', 'http://h.test/v1'],
    ['openai_compat', 'http://h.test/v1/responses', 'http://h.test/v1'],
    ['openai_compat', 'http://h.test/v1/completions', 'http://h.test/v1'],
    ['openai_compat', 'http://h.test/v1/embeddings', 'http://h.test/v1'],
    ['openai_compat', 'http://h.test/v1/messages', 'http://h.test/v1'],
    ['openai_compat', 'http://h.test/v1/models', 'http://h.test/v1'],
    ['openai_compat', 'http://h.test/v1/models/org/name', 'http://h.test/v1'],
    ['openai_compat', 'http://h.test/models', 'http://h.test'],
    ['openai_compat', 'http://127.0.0.1:3000/api/chat/completions', 'http://127.0.0.1:3000/api'],
    ['openai_compat', 'http://127.0.0.1:11434/api/chat', 'http://127.0.0.1:11434/v1'],
    [
      'openai_compat',
      'https://studio.services.ai.azure.com/models/chat/completions',
      'https://studio.services.ai.azure.com/models',
    ],
    [
      'openai_compat',
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-3:generateContent',
      'https://generativelanguage.googleapis.com/v1beta/openai',
    ],
    ['lmstudio', 'http://127.0.0.1:1234/api/v1/chat', 'http://127.0.0.1:1234/v1'],
    ['openai', 'https://api.openai.com/v1/responses', 'https://api.openai.com/v1'],
    ['openrouter', 'https://openrouter.ai/api/v1/chat/completions', 'https://openrouter.ai/api/v1'],
    ['anthropic', 'https://api.anthropic.com/v1/messages', 'https://api.anthropic.com/v1'],
    ['anthropic', 'https://api.anthropic.com/v1/messages/count_tokens', 'https://api.anthropic.com/v1'],
    ['anthropic_compat', 'http://h.test/anthropic/v1/messages', 'http://h.test/anthropic/v1'],
    ['anthropic_compat', 'http://h.test/v1/models', 'http://h.test/v1'],
    [
      'gemini',
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse',
      'https://generativelanguage.googleapis.com/v1beta',
    ],
    [
      'gemini',
      'https://generativelanguage.googleapis.com/v1beta/openai/chat/completions',
      'https://generativelanguage.googleapis.com/v1beta',
    ],
    ['gemini', 'http://h.test/v1beta/models', 'http://h.test/v1beta'],
    [
      'gemini',
      'https://aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google/models/gemini-3:generateContent',
      'https://aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google',
    ],
    ['ollama', 'http://127.0.0.1:11434/api/chat', 'http://127.0.0.1:11434'],
    ['ollama', 'http://127.0.0.1:11434/api/generate', 'http://127.0.0.1:11434'],
    ['ollama', 'http://127.0.0.1:11434/api/chat/api/chat', 'http://127.0.0.1:11434'],
    ['ollama', 'http://127.0.0.1:11434/api/', 'http://127.0.0.1:11434'],
    ['ollama', 'http://127.0.0.1:11434/v1', 'http://127.0.0.1:11434'],
    ['ollama', 'http://127.0.0.1:11434/v1/chat/completions', 'http://127.0.0.1:11434'],
    ['ollama', 'https://example.com/ollama/api/chat', 'https://example.com/ollama'],
    [
      'azure_openai',
      'https://studio.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21',
      'https://studio.openai.azure.com',
    ],
    ['azure_openai', 'https://studio.openai.azure.com/openai/v1/', 'https://studio.openai.azure.com'],
    ['azure_openai', 'https://gateway.azure-api.net/llm/openai', 'https://gateway.azure-api.net/llm'],
    ['proxy', 'http://127.0.0.1:8001/api/llm/chat', 'http://127.0.0.1:8001/api/llm'],
    ['proxy', 'http://127.0.0.1:8001/api/llm/registry', 'http://127.0.0.1:8001/api/llm'],
  ])('%s: %s', (adapter, text, base) => {
    const found = read(text, adapter);
    expect(found.base).toBe(base);
    expect(found.notice).toContain(`is used as ${base}`);
  });
});

describe('a missing or doubled version is corrected', () => {
  test.each<[AdapterName, string, string]>([
    ['openai_compat', 'http://127.0.0.1:1234', 'http://127.0.0.1:1234/v1'],
    ['openai_compat', 'http://127.0.0.1:1234/', 'http://127.0.0.1:1234/v1'],
    ['openai_compat', 'https://api.groq.com/openai', 'https://api.groq.com/openai/v1'],
    ['openai_compat', 'https://studio.openai.azure.com/', 'https://studio.openai.azure.com/openai/v1'],
    ['openai_compat', 'http://h.test/v1/v1', 'http://h.test/v1'],
    ['openai_compat', 'http://h.test/V1', 'http://h.test/v1'],
    ['lmstudio', 'http://127.0.0.1:1234', 'http://127.0.0.1:1234/v1'],
    ['openai', 'https://api.openai.com', 'https://api.openai.com/v1'],
    ['openrouter', 'https://openrouter.ai', 'https://openrouter.ai/api/v1'],
    ['openrouter', 'https://openrouter.ai/v1', 'https://openrouter.ai/api/v1'],
    ['openrouter', 'https://openrouter.ai/api/v1/api/v1', 'https://openrouter.ai/api/v1'],
    ['openai_compat', 'https://openrouter.ai/api', 'https://openrouter.ai/api/v1'],
    ['anthropic', 'https://api.anthropic.com', 'https://api.anthropic.com/v1'],
    ['anthropic_compat', 'https://api.deepseek.com/anthropic', 'https://api.deepseek.com/anthropic/v1'],
    [
      'gemini',
      'https://generativelanguage.googleapis.com',
      'https://generativelanguage.googleapis.com/v1beta',
    ],
    ['gemini', 'http://h.test/v1beta/v1beta', 'http://h.test/v1beta'],
  ])('%s: %s', (adapter, text, base) => {
    const found = read(text, adapter);
    expect(found.base).toBe(base);
    expect(found.notice).toMatch(/includes|twice|lower case/);
  });
});

describe('text around a URL is removed, with a notice', () => {
  test.each([
    ['"http://127.0.0.1:1234/v1"', 'http://127.0.0.1:1234/v1'],
    ["'http://127.0.0.1:1234/v1'", 'http://127.0.0.1:1234/v1'],
    ['`http://127.0.0.1:1234/v1`', 'http://127.0.0.1:1234/v1'],
    ['<http://127.0.0.1:1234/v1>', 'http://127.0.0.1:1234/v1'],
    ['“http://127.0.0.1:1234/v1”', 'http://127.0.0.1:1234/v1'],
    ['  "http://127.0.0.1:1234/v1", ', 'http://127.0.0.1:1234/v1'],
    ['\u200bhttp://127.0.0.1:1234/v1\u2060', 'http://127.0.0.1:1234/v1'],
    ['http://http://127.0.0.1:1234/v1', 'http://127.0.0.1:1234/v1'],
    ['http://127.0.0.1:1234/v1#models', 'http://127.0.0.1:1234/v1'],
    ['http://0.0.0.0:1234/v1', 'http://127.0.0.1:1234/v1'],
    ['http://[::]:1234/v1', 'http://[::1]:1234/v1'],
    ['http://api.openai.com/v1', 'https://api.openai.com/v1'],
    ['http://eu.api.openai.com/v1', 'https://eu.api.openai.com/v1'],
  ])('%j', (text, base) => {
    const found = read(text);
    expect(found.base).toBe(base);
    expect(found.notice).toContain(`is used as ${base}: `);
  });
});

test('a server without a version is written with its endpoint', () => {
  expect(read('http://h.test/chat/completions')).toEqual({
    base: 'http://h.test',
    query: {},
    notice: null,
    notes: [],
  });
  expect(read('http://h.test/messages', 'anthropic')).toEqual({
    base: 'http://h.test',
    query: {},
    notice: null,
    notes: [],
  });
  expect(writtenBaseUrl('http://h.test', 'openai')).toBe('http://h.test/chat/completions');
});

test('a streaming method in a Gemini URL does not apply to every call', () => {
  const text = 'https://generativelanguage.googleapis.com/v1beta/models/m:streamGenerateContent?alt=sse';
  expect(read(text, 'gemini').query).toEqual({});
});

test('a query goes after the path, without a notice', () => {
  expect(read('http://h.test/v1?x=1&api-version=preview')).toEqual({
    base: 'http://h.test/v1',
    query: { x: '1', 'api-version': 'preview' },
    notice: null,
    notes: [],
  });
});

describe('an unusable URL is refused, and the intended one suggested', () => {
  test.each<[string, string]>([
    ['127.0.0.1:1234', 'did you mean http://127.0.0.1:1234/v1?'],
    ['127.0.0.1:1234/v1/chat/completions', 'did you mean http://127.0.0.1:1234/v1?'],
    ['localhost:1234', 'did you mean http://localhost:1234/v1?'],
    ['localhost', 'did you mean http://localhost/v1?'],
    ['api.openai.com/v1', 'did you mean https://api.openai.com/v1?'],
    ['gpu.local', 'did you mean http://gpu.local/v1?'],
    ['[::1]:1234', 'did you mean http://[::1]:1234/v1?'],
    ['http://::1:1234/v1', 'did you mean http://[::1]:1234/v1?'],
    ['http://me:hunter22@127.0.0.1:1/v1', 'did you mean http://127.0.0.1:1/v1?'],
    ['https://hunter22@api.example.com/v1', 'did you mean https://api.example.com/v1?'],
    ['https://api.example.com/v1?key=hunter22', 'did you mean https://api.example.com/v1?'],
    ['https://api.example.com/v1?api_key=hunter22', 'did you mean https://api.example.com/v1?'],
  ])('%s', (text, words) => {
    expect(problemOf(text)).toContain(words);
    expect(problemOf(text)).not.toContain('hunter22');
  });

  test.each([
    '',
    ' ',
    'hunter22',
    'ftp://127.0.0.1/hunter22',
    'file:///etc/hunter22',
    'javascript:hunter22',
    'ws://h.test/v1',
    'http://',
    'http://a b/hunter22',
    'not a url hunter22',
  ])('without a suggestion where there is none: %j', (text) => {
    expect(problemOf(text)).toMatch(/^is not an http or https URL/);
    expect(problemOf(text)).not.toMatch(/hunter22|did you mean/);
  });
});

test('reading a result again changes nothing, and its written form reads the same', () => {
  const segments = fc.constantFrom(
    'v1',
    'v1beta',
    'api',
    'openai',
    'chat',
    'completions',
    'models',
    'messages',
    'x',
    'anthropic',
  );
  const address = fc
    .tuple(
      fc.constantFrom(
        'http://h.test',
        'http://[::1]:9',
        'https://openrouter.ai',
        'https://a.openai.azure.com',
      ),
      fc.array(segments, { maxLength: 6 }),
    )
    .map(([origin, path]) => [origin, ...path].join('/'))
    // A model may have any name, even that of an endpoint.
    .filter((text) => !/\/models\//.test(text));
  fc.assert(
    fc.property(address, fc.constantFrom(...adapterNames), (text, adapter) => {
      const { base } = read(text, adapter);
      const written = writtenBaseUrl(base, adapter);
      expect(read(written, adapter).base).toBe(base);
    }),
    { numRuns: 2000 },
  );
});
