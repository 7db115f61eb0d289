import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { afterTheBlock, testCore, type TestCore } from '../__fixtures__/test-core.ts';
import { openAiReply, openUpstream, startUpstream, type Upstream } from '../__fixtures__/upstream.ts';
import { keyHeaderProblem, keyProblem } from '../lib/key-text.ts';
import { sessionSecrets } from './session-secrets.ts';

const messages = [{ role: 'user', content: 'hi' }];
const secret = 'abc-0123456789';

/** What people paste instead of a key; `secret` must not be in any answer. */
const bad: [what: string, key: string][] = [
  ['a leading “Bearer”', `Bearer sk-${secret}`],
  ['a leading “bearer”', `bearer  sk-${secret}`],
  ['a leading “Bearer:”', `Bearer: sk-${secret}`],
  ['another scheme', `Token sk-${secret}`],
  ['a whole header', `Authorization: Bearer sk-${secret}`],
  ['an inner space', `sk-${secret} 42`],
  ['an inner tab', `sk-${secret}\t42`],
  ['an inner line break', `sk-${secret}\n42`],
  ['a Windows line break', `sk-${secret}\r\n42`],
  ['a no-break space', `sk-${secret}\u00a042`],
  ['a trailing zero-width space', `sk-${secret}\u200b`],
  ['a zero-width joiner inside', `sk-\u200d${secret}`],
  ['a leading direction mark', `\u202ask-${secret}`],
  ['a soft hyphen', `sk-\u00ad${secret}`],
  ['full-width letters', `ｓｋ-${secret}`],
  ['an en dash', `sk–${secret}`],
  ['an accented letter', `sk-é${secret}`],
  ['quotation marks', `"sk-${secret}"`],
  ['single quotation marks', `'sk-${secret}'`],
  ['typographic quotation marks', `“sk-${secret}”`],
  ['a control character', `sk-${secret}\u0007x`],
  ['a line from an .env file', `OPENAI_API_KEY=sk-${secret}`],
  ['a shell command', `export OPENAI_API_KEY=sk-${secret}`],
  ['an unexpanded shell variable', '$OPENAI_API_KEY'],
  ['a placeholder', '<your key>'],
  ['a line break written as \\n', `sk-${secret}\\n`],
];

describe('an invalid key', () => {
  test.each(bad)('%s', (_, key) => {
    expect(keyProblem(key)?.message).toMatch(/^(has|begins|is) /);
    expect(JSON.stringify(keyProblem(key))).not.toContain(secret);
  });
  test.each([
    `sk-${secret}`,
    ` sk-${secret}\n`,
    'AIzaSy_A-b.c',
    'sk-proj-x_y==',
    'ollama',
    'token-0123',
    'a+b/c=',
    '\ufeffsk-abc',
  ])('a valid key is accepted, with or without white space around it: %j', (key) => {
    expect(keyProblem(key)).toBeNull();
  });
  test.each([
    ['Authorization', `Bearer sk-${secret}`, null],
    ['Authorization', 'Basic bWU6cGFzcw==', null],
    ['Authorization', `Bearer Bearer sk-${secret}`, /Bearer/],
    ['authorization', `Bearer "sk-${secret}"`, /quotation/],
    ['x-api-key', `Bearer sk-${secret}`, /Bearer/],
    ['api-key', `sk-${secret}`, null],
    ['X-Goog-Api-Key', `sk-${secret} x`, /space/],
    ['Cookie', 'a=b; c=d', null],
  ])('%s: %s', (name, value, problem) => {
    const found = keyHeaderProblem(name, value);
    if (problem) expect(found?.message).toMatch(problem);
    else expect(found).toBeNull();
  });
});

const variables = ['COMFYVN_LLM_OPENAI_PUBLIC_API_KEY', 'COMFYVN_LLM_OPENAI_KEY', 'OPENAI_API_KEY'];

describe.each(variables)('an invalid key in %s is not sent', (variable) => {
  const atEnd = afterTheBlock();
  let upstream: Upstream;
  let core: TestCore;
  beforeAll(async () => {
    upstream = await openUpstream(atEnd, openAiReply('ok'));
    core = testCore({
      env: { COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: `${upstream.url}/v1` },
      files: { 'config/comfyvn.json': { features: { enable_public_llm: true } } },
      atEnd,
    });
  });

  test.each(bad)('%s', async (_, key) => {
    const { ask, refusal } = core;
    core.env[variable] = key;
    await ask('registry.refresh');
    const call = { provider: 'openai_public', model: 'gpt-4o', messages, params: { max_tokens: 5 } };
    const error = await refusal('chat.send', { ...call, retries: 2 });
    expect(error).toMatchObject({ code: 'missing_key', details: { variable, state: 'unusable' } });
    expect(error.message).toContain(variable);
    expect(error.details).not.toHaveProperty('attempts');
    const view = await ask('registry.get', { diagnostics: true });
    const provider = view.providers.find(({ name }) => name === 'openai_public');
    expect(provider).toMatchObject({
      credentials: {
        present: false,
        state: 'unusable',
        source: variable,
        problem_detail: { values: { variable } },
      },
      diagnostics: { status: 'missing_key' },
    });
    expect(view.warnings).toEqual([expect.stringContaining(variable)]);
    const planned = await ask('chat.send', { ...call, dry_run: true });
    expect(JSON.stringify([error, view, planned])).not.toContain(secret);
    expect(upstream.requests).toEqual([]);
  });
});

test('a local provider’s invalid key is not ignored: the call is refused', async () => {
  const upstream = await startUpstream(openAiReply('ok'));
  const { refusal } = testCore({
    env: {
      COMFYVN_LLM_LMSTUDIO_LOCAL_API_KEY: `sk-${secret}\u200b`,
      COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1`,
    },
  });
  const stream = { start: () => {}, delta: () => {}, reasoning: () => {}, tool: () => {}, usage: () => {} };
  for (const name of ['chat.send', 'chat.stream', 'chat.test'] as const)
    expect(
      await refusal(name, { provider: 'lmstudio_local', messages }, stream as never),
      name,
    ).toMatchObject({
      code: 'missing_key',
      message: expect.stringContaining('COMFYVN_LLM_LMSTUDIO_LOCAL_API_KEY'),
    });
  expect(await refusal('models.sync', { provider: 'lmstudio_local' })).toMatchObject({ code: 'missing_key' });
  expect(upstream.requests).toEqual([]);
});

test('an invalid key is not replaced by the next variable, which is another key', async () => {
  const { refusal } = testCore({
    env: { COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: `"sk-${secret}"`, OPENAI_API_KEY: 'sk-other-0123456789' },
    files: { 'config/comfyvn.json': { features: { enable_public_llm: true } } },
  });
  const call = { provider: 'openai_public', model: 'gpt-4o', messages, params: { max_tokens: 5 } };
  expect(await refusal('chat.send', call)).toMatchObject({
    code: 'missing_key',
    message: expect.stringMatching(/^COMFYVN_LLM_OPENAI_PUBLIC_API_KEY has a quotation mark/),
  });
});

test('a runtime adapter with one, as its key or in a header, is not registered', async () => {
  for (const [what, key] of bad) {
    const { refusal } = testCore();
    const metadata = { base_url: 'http://127.0.0.1:9/v1', api_key: key };
    const error = await refusal('runtime.register', { id: 'k', provider: 'openai_compat', metadata });
    expect(error, what).toMatchObject({
      code: 'invalid_request',
      details: { fields: [{ path: 'metadata.api_key' }] },
    });
    expect(JSON.stringify(error)).not.toContain(secret);
  }
  const metadata = { base_url: 'http://127.0.0.1:9/v1', headers: { 'x-api-key': `Bearer sk-${secret}` } };
  expect(
    await testCore().refusal('runtime.register', { id: 'k', provider: 'anthropic_compat', metadata }),
  ).toMatchObject({ code: 'invalid_request', details: { fields: [{ path: 'metadata.headers' }] } });
});

test('an adapter that inherits an invalid key is refused with the variable’s name', async () => {
  const { ask, refusal } = testCore({
    env: {
      COMFYVN_LLM_LMSTUDIO_LOCAL_API_KEY: `Bearer sk-${secret}`,
      COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: 'http://127.0.0.1:9/v1',
    },
  });
  await ask('runtime.register', { id: 'lent', provider: 'lmstudio_local' });
  expect(await refusal('chat.send', { provider: 'lent', model: 'm', messages })).toMatchObject({
    code: 'missing_key',
    message: expect.stringContaining('COMFYVN_LLM_LMSTUDIO_LOCAL_API_KEY'),
  });
});

test('the panel does not save one, and one saved earlier is refused', async () => {
  for (const [what, key] of bad) {
    const { refusal } = testCore();
    const error = await refusal('keys.set', { provider: 'openai_public', key });
    expect(error, what).toMatchObject({ code: 'invalid_request', details: { fields: [{ path: 'key' }] } });
    expect(JSON.stringify(error)).not.toContain(secret);
  }
  const secrets = sessionSecrets();
  await secrets.set('lmstudio_local', { key: `Bearer sk-${secret}`, origin: 'http://127.0.0.1:1234' });
  expect(
    await testCore({ secrets }).refusal('chat.send', { provider: 'lmstudio_local', messages }),
  ).toMatchObject({
    code: 'missing_key',
    message: expect.stringContaining('the key saved for lmstudio_local'),
  });
});

test('a header with such a key in a file or a variable is refused by its name', async () => {
  const entry = { name: 'mine', adapter: 'anthropic_compat', base: 'http://127.0.0.1:9/v1' };
  const headers = { 'X-Api-Key': `"sk-${secret}"` };
  const core = testCore();
  core.env['COMFYVN_LLM_REGISTRY'] = core.write('registry.json', { providers: [{ ...entry, headers }] });
  const error = await core.refusal('registry.refresh');
  expect(error).toMatchObject({
    code: 'registry_invalid',
    message: expect.stringContaining('headers.X-Api-Key'),
  });
  expect(error.message).not.toContain(secret);
  const env = { COMFYVN_LLM_LMSTUDIO_LOCAL_HEADERS: JSON.stringify(headers) };
  const { warnings } = await testCore({ env }).ask('registry.get');
  expect(warnings).toEqual([expect.stringContaining(join('COMFYVN_LLM_LMSTUDIO_LOCAL_HEADERS'))]);
  expect(warnings.join()).not.toContain(secret);
});
