// The calls of the soak test. Each kind has a weight, the call, and its expected outcome: `200` or another status with its
// code; `done` or an error code for a stream; `left` if the caller disconnects.

const openAi = 'openai_public/gpt-4o-mini';
const others = [
  'anthropic_public/claude-haiku-4-5-20251001',
  'google_gemini/gemini-3.5-flash-lite',
  'ollama_default/mistral:latest',
  'soak_proxy/house-model',
];

const say = (knobs) => [{ role: 'user', content: `Continue the scene. [[${knobs}]]` }];
const v1 = (model, knobs, more = {}) => ({
  method: 'POST',
  path: '/v1/chat/completions',
  body: { model, messages: say(knobs), max_tokens: 200, comfyvn: { retries: 0 }, ...more },
});
const chat = (model, knobs, more = {}) => ({
  method: 'POST',
  path: '/api/llm/chat',
  body: { model, messages: say(knobs), max_tokens: 200, retries: 0, ...more },
});
const post = (path, body) => ({ method: 'POST', path, body });
const get = (path) => ({ method: 'GET', path });
const streamed = { stream: true };
const small = 'chunks=20';
const slow = 'chunks=20 delay=30 latency=200';

const kind = (name, weight, outcome, call) => ({ name, weight, outcome, call });

/** A fault on both JSON routes, with the expected outcomes. /v1 returns the provider's own status and code. */
const fault = (knob, status, code, onV1 = `${status} ${code}`) => [
  kind(`/v1 fault ${knob}`, 2, onV1, v1(openAi, `fault=${knob}`)),
  kind(`chat fault ${knob}`, 2, `${status} ${code}`, chat(others[0], `fault=${knob}`)),
];

const streams = others
  .slice(0, 3)
  .flatMap((model) => [
    kind(`/v1 stream ${model.split('_')[0]}`, 6, 'done', v1(model, small, streamed)),
    kind(`chat stream ${model.split('_')[0]}`, 6, 'done', chat(model, small, streamed)),
  ]);

export const kinds = [
  kind('/v1 JSON', 30, '200', v1(openAi, '')),
  ...others.map((model) => kind(`/v1 JSON ${model.split('_')[0]}`, 8, '200', v1(model, ''))),
  ...others.map((model) => kind(`chat JSON ${model.split('_')[0]}`, 8, '200', chat(model, ''))),
  kind('/v1 JSON slow', 6, '200', v1(openAi, 'latency=400')),
  kind('/v1 stream', 20, 'done', v1(openAi, small, streamed)),
  kind('/v1 stream slow', 8, 'done', v1(openAi, slow, streamed)),
  kind('/v1 stream long', 2, 'done', v1(openAi, 'chunks=2000', streamed)),
  ...streams,
  kind('chat stream slow', 6, 'done', chat(others[2], slow, streamed)),
  ...fault('401', 502, 'provider_unauthorized', '401 mock'),
  ...fault('429', 502, 'provider_rate_limited', '429 mock'),
  ...fault('500', 502, 'provider_error'),
  ...fault('badjson', 502, 'provider_bad_reply'),
  ...fault('cut', 502, 'provider_interrupted'),
  kind('stream cut', 3, 'provider_interrupted', v1(openAi, `${small} fault=cut`, streamed)),
  kind('chat stream cut', 3, 'provider_interrupted', chat(others[0], `${small} fault=cut`, streamed)),
  kind(
    'chat stream error inside',
    3,
    'provider_overloaded',
    chat(others[0], `${small} fault=event`, streamed),
  ),
  kind('hang', 1, '504 provider_timeout', chat('soak_hang/mock', 'fault=hang')),
  kind('stream that hangs', 1, 'provider_timeout', chat('soak_hang/mock', 'fault=hang', streamed)),
  kind('caller leaves a wait', 6, 'left', v1(openAi, 'latency=5000')),
  kind('caller leaves a stream', 6, 'left', v1(openAi, 'chunks=200 delay=50', streamed)),
  kind('caller leaves a chat stream', 6, 'left', chat(others[1], 'chunks=200 delay=50', streamed)),
  kind('dry run', 10, '200', chat(openAi, '', { dry_run: true })),
  kind(
    'dry run of a module',
    5,
    '200',
    post('/api/llm/chat', { module: 'narrator', messages: say(''), dry_run: true }),
  ),
  kind('test call', 4, '200', post('/api/llm/test-call', { registry_id: 'stub', prompt: 'Hello' })),
  kind(
    'stub with a schema',
    4,
    '200',
    post('/api/llm/chat', { module: 'translate', messages: say(''), mock: true }),
  ),
  kind(
    'pack',
    5,
    '200',
    post('/api/llm/prompt-pack/translate', {
      variables: { source_text: 'ありがとう', target_language: 'English' },
    }),
  ),
  kind(
    'pack that lacks a variable',
    2,
    '422 pack_variables_invalid',
    post('/api/llm/prompt-pack/translate', { variables: {} }),
  ),
  kind('public router', 3, '200', post('/api/providers/llm/chat', { provider: 'openai', messages: say('') })),
  kind('registry', 2, '200', get('/api/llm/registry')),
  kind('call log', 2, '200', get('/api/llm/calls?limit=50')),
  kind('models', 2, '200', get('/v1/models')),
  kind('metrics', 1, '200', get('/metrics')),
  kind('health', 4, '200', get('/health')),
  kind('typo', 3, '400 invalid_request', post('/api/llm/chat', { mesages: [] })),
  kind('unknown provider', 3, '404 unknown_provider', chat(undefined, '', { provider: 'nobody' })),
  kind(
    'over the budget',
    3,
    '402 budget_exceeded',
    chat('openai_public/gpt-4.1', '', { max_tokens: 30_000_000 }),
  ),
  kind('connector that is off', 3, '403 feature_disabled', chat('azure_openai/gpt-4o', '', {})),
];
