import { describe, expect, it } from 'vitest';
import {
  sharedChat,
  answerOf,
  chat,
  chatCore,
  chatTo,
  dryRun,
  errorOf,
  hello,
} from '../../__fixtures__/chat-core.ts';
import { pieces, whole } from '../../__fixtures__/provider-replies.ts';
import { startProvider } from '../../__fixtures__/provider-upstream.ts';
import { protocols } from '../../__fixtures__/protocols.ts';

const { openAi, anthropic, gemini, ollama } = protocols;
const schema = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name', 'age'],
  additionalProperties: false,
};
const mira = { name: 'Mira', age: 19 };
const right = JSON.stringify(mira);
const wrong = '{"name":"Mira","age":"nineteen"}';
const saying = (text: string) => whole(openAi.reply(text));

const shared = sharedChat();

describe('wrappers around JSON in a reply', () => {
  it.each([
    ['plain', right, undefined],
    ['with white space', `\n\n  ${right}\n`, undefined],
    ['a fence', '```json\n' + right + '\n```', true],
    ['a fence without a language', '```\n' + right + '\n```', true],
    ['text before and after', `Here is the character you asked for:\n${right}\nShall I go on?`, true],
    ['text, then a fence', `Sure!\n\`\`\`json\n${right}\n\`\`\`\nDone.`, true],
    ['single quotes', "{'name': 'Mira', 'age': 19}", true],
    ['a trailing comma', '{"name": "Mira", "age": 19,}', true],
    ['unquoted keys', '{name: "Mira", age: 19}', true],
    ['a missing bracket', '{"name": "Mira", "age": 19', true],
    ['a comment', '{"name": "Mira", /* of age */ "age": 19}', true],
  ])('%s: the JSON is read without a second call', async (_, text, repaired) => {
    const { upstream, core } = shared;
    upstream.answer(saying(text));
    const answer = await answerOf(core, chatTo(openAi, { schema }));
    expect(answer.data).toMatchObject({ json: mira, reply: text });
    expect(answer.data.repaired).toBe(repaired);
    expect(answer.reply).toBe(text);
    expect(upstream.exchanges).toHaveLength(1);
  });
});

describe('a reply that does not fit its schema', () => {
  it.each([
    ['another type', wrong, '/age must be integer'],
    ['a missing field', '{"name":"Mira"}', "must have required property 'age'"],
    ['an extra field', '{"name":"Mira","age":19,"mood":"glad"}', 'must NOT have additional properties'],
    ['prose', 'I would rather tell you a story.', 'must be object'],
    ['a list', '[1, 2]', 'must be object'],
  ])('%s: asked for once more, then 422 with the original reply', async (_, text, problem) => {
    const { upstream, core } = shared;
    upstream.answer(saying(text));
    const error = await errorOf(core, chatTo(openAi, { schema }));
    expect(error.code).toBe('output_schema_mismatch');
    expect(error.message).toContain(problem);
    expect(error.details).toMatchObject({ reply: text, raw: openAi.reply(text) });
    expect(error.details?.['attempts']).toMatchObject([{ reason: 'first' }, { reason: 'schema' }]);
    expect(upstream.exchanges).toHaveLength(2);
  });

  it('is replaced by the second answer; both calls are recorded, counted and paid for', async () => {
    const { upstream, core } = shared;
    upstream.answer(saying(wrong), saying(right));
    const answer = await answerOf(core, chatTo(openAi, { schema }));
    expect(answer.data.json).toEqual(mira);
    expect(answer.attempts.map(({ n, reason, status }) => [n, reason, status])).toEqual([
      [1, 'first', 200],
      [2, 'schema', 200],
    ]);
    const [first, second] = answer.attempts.map((a) => a.cost!.total);
    // 11 input and 5 output tokens of gpt-4o-mini, at 0.15 and 0.60 USD per million.
    expect(first).toBeCloseTo((11 * 0.15 + 5 * 0.6) / 1e6, 12);
    expect(answer.cost).toMatchObject({ total: first! + second!, source: 'price_table' });
    expect(answer.usage).toEqual({ prompt_tokens: 22, completion_tokens: 10, total_tokens: 32 });
  });

  it('is not asked for again with retries: 0', async () => {
    const { upstream, core } = shared;
    upstream.answer(saying(wrong));
    const error = await errorOf(core, chatTo(openAi, { schema, retries: 0 }));
    expect(error.code).toBe('output_schema_mismatch');
    expect(upstream.exchanges).toHaveLength(1);
  });

  it('is not asked for again where the budget is exhausted', async () => {
    const usage = { prompt_tokens: 11, completion_tokens: 200 };
    const upstream = await startProvider(whole({ ...(openAi.reply(wrong) as object), usage }));
    // The first call costs more than half of the daily budget.
    const core = chatCore(upstream.url, { env: { COMFYVN_LLM_DAILY_BUDGET_USD: '0.00015' } });
    const error = await errorOf(core, chatTo(openAi, { schema, max_tokens: 5 }));
    expect(error).toMatchObject({ code: 'output_schema_mismatch', details: { reply: wrong } });
    expect(upstream.exchanges).toHaveLength(1);
  });

  it('keeps its error if the second call fails', async () => {
    const { upstream, core } = shared;
    upstream.answer(saying(wrong), whole(openAi.error('down'), 500));
    const error = await errorOf(core, chatTo(openAi, { schema }));
    expect(error.code).toBe('output_schema_mismatch');
    expect(error.details).toMatchObject({
      reply: wrong,
      attempts: [{ status: 200 }, { status: 500, reason: 'schema' }],
    });
  });

  it('is not asked for again in a stream, as its text was already sent', async () => {
    const { upstream, core } = shared;
    upstream.answer(pieces(openAi.stream('{"name":"Mira",', '"age":"x"}')));
    const { error, reported } = await chat(core, chatTo(openAi, { schema }), 'stream');
    expect(error).toMatchObject({
      code: 'output_schema_mismatch',
      details: { reply: '{"name":"Mira","age":"x"}' },
    });
    expect(reported.text()).toBe('{"name":"Mira","age":"x"}');
    expect(upstream.exchanges).toHaveLength(1);
  });

  it('a tool call is not checked against the schema', async () => {
    const call = { id: 'call_1', type: 'function', function: { name: 'roll', arguments: '{}' } };
    const message = { role: 'assistant', content: null, tool_calls: [call] };
    const { upstream, core } = shared;
    upstream.answer(whole({ choices: [{ index: 0, message, finish_reason: 'tool_calls' }] }));
    const tools = [{ type: 'function', function: { name: 'roll', parameters: { type: 'object' } } }];
    const answer = await answerOf(core, chatTo(openAi, { schema, tools }));
    expect(answer.data).toMatchObject({ tool_calls: [call], finish_reason: 'tool_calls' });
  });
});

describe('each provider’s way to send a schema', () => {
  it('OpenAI: response_format', async () => {
    const { plan } = await dryRun(shared.core, chatTo(openAi, { schema }));
    expect(plan.body).toMatchObject({ response_format: { type: 'json_schema', json_schema: { schema } } });
  });

  it('Anthropic: output_config.format where the model has it, else one forced tool', async () => {
    const { core } = shared;
    const native = await dryRun(core, chatTo(anthropic, { schema }));
    expect(native.plan.body).toMatchObject({ output_config: { format: { type: 'json_schema' } } });
    const old = await dryRun(core, chatTo({ ...anthropic, model: 'claude-3-haiku-20240307' }, { schema }));
    expect(old.plan.body).toMatchObject({ tool_choice: { type: 'tool' }, tools: [{ input_schema: schema }] });
  });

  it('Gemini: generationConfig, Ollama: format', async () => {
    const { core } = shared;
    const google = await dryRun(core, chatTo(gemini, { schema }));
    expect(google.plan.body).toMatchObject({
      generationConfig: { responseMimeType: 'application/json', responseJsonSchema: schema },
    });
    expect((await dryRun(core, chatTo(ollama, { schema }))).plan.body).toMatchObject({ format: schema });
  });

  it('the forced tool’s arguments are the reply', async () => {
    const content = [{ type: 'tool_use', id: 'toolu_1', name: 'json', input: mira }];
    const protocol = { ...anthropic, model: 'claude-3-haiku-20240307' };
    const { core, upstream } = shared;
    const probe = await dryRun(core, chatTo(protocol, { schema }));
    content[0]!.name = (probe.plan.body as { tools: { name: string }[] }).tools[0]!.name;
    upstream.answer(whole({ type: 'message', content, stop_reason: 'tool_use' }));
    const answer = await answerOf(core, chatTo(protocol, { schema, allow_retired: true }));
    expect(answer.data).toMatchObject({ json: mira, finish_reason: 'stop' });
    expect(answer.data.tool_calls).toBeUndefined();
  });
});

describe('which schema applies', () => {
  const formatOf = async (input: object) => {
    const { plan } = await dryRun(shared.core, { messages: hello, ...input });
    const body = plan.body as Record<string, Record<string, Record<string, { properties?: object }>>>;
    const found =
      body['response_format']?.['json_schema']?.['schema'] ??
      body['generationConfig']?.['responseJsonSchema'];
    return found && Object.keys(found.properties ?? found).toSorted();
  };

  it('a module’s applies by default', async () => {
    expect(await formatOf({ module: 'translate' })).toContain('translation');
  });

  it('a preset’s takes precedence over its module’s', async () => {
    const plain = await formatOf({ module: 'worldbuild' });
    expect(plain).toEqual(expect.arrayContaining(['regions', 'factions', 'hooks']));
    expect(
      await formatOf({ module: 'worldbuild', preset: 'worldbuild-16-gemini-gemini-4-hydrogen' }),
    ).toEqual(expect.arrayContaining(['biomes', 'events']));
  });

  it('the caller’s takes precedence over both, and null turns both off', async () => {
    expect(await formatOf({ module: 'translate', schema })).toEqual(['age', 'name']);
    expect(await formatOf({ module: 'translate', schema: null })).toBeUndefined();
    expect(
      await formatOf({
        module: 'worldbuild',
        preset: 'worldbuild-16-gemini-gemini-4-hydrogen',
        schema: null,
      }),
    ).toBeUndefined();
  });

  it('the module’s stays when the caller names another model', async () => {
    expect(await formatOf({ module: 'translate', model: 'openai_public/gpt-4o-mini' })).toContain(
      'translation',
    );
  });

  it('a module without a schema asks for text', async () => {
    expect(await formatOf({ module: 'vn_chat' })).toBeUndefined();
  });
});
