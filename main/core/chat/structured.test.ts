import { describe, expect, it } from 'vitest';
import { answerOf, chat, chatCore, chatTo, dryRun, errorOf, hello } from '../__fixtures__/chat-core.ts';
import { pieces, whole } from '../__fixtures__/provider-replies.ts';
import { startProvider } from '../__fixtures__/provider-upstream.ts';
import { wires } from '../__fixtures__/wires.ts';

const { openAi, anthropic, gemini, ollama } = wires;
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

describe('what a model wraps JSON in', () => {
  it.each([
    ['plain', right, undefined],
    ['with white space', `\n\n  ${right}\n`, undefined],
    ['a fence', '```json\n' + right + '\n```', true],
    ['a fence without a language', '```\n' + right + '\n```', true],
    ['words before and after', `Here is the character you asked for:\n${right}\nShall I go on?`, true],
    ['words, then a fence', `Sure!\n\`\`\`json\n${right}\n\`\`\`\nDone.`, true],
    ['single quotes', "{'name': 'Mira', 'age': 19}", true],
    ['a comma too many', '{"name": "Mira", "age": 19,}', true],
    ['no quotes on the keys', '{name: "Mira", age: 19}', true],
    ['a bracket that is missing', '{"name": "Mira", "age": 19', true],
    ['a comment', '{"name": "Mira", /* of age */ "age": 19}', true],
  ])('%s: read in one call', async (_, text, repaired) => {
    const upstream = await startProvider(saying(text));
    const answer = await answerOf(chatCore(upstream.url), chatTo(openAi, { schema }));
    expect(answer.data).toMatchObject({ json: mira, reply: text });
    expect(answer.data.repaired).toBe(repaired);
    expect(answer.reply).toBe(text);
    expect(upstream.exchanges).toHaveLength(1);
  });
});

describe('a reply that does not fit', () => {
  it.each([
    ['another type', wrong, '/age must be integer'],
    ['a field too few', '{"name":"Mira"}', "must have required property 'age'"],
    ['a field too many', '{"name":"Mira","age":19,"mood":"glad"}', 'must NOT have additional properties'],
    ['prose', 'I would rather tell you a story.', 'must be object'],
    ['a list', '[1, 2]', 'must be object'],
    ['nothing', '', 'not JSON'],
  ])('%s: asked once more, then 422 with the reply as it came', async (_, text, problem) => {
    const upstream = await startProvider(saying(text));
    const error = await errorOf(chatCore(upstream.url), chatTo(openAi, { schema }));
    expect(error.code).toBe('output_schema_mismatch');
    expect(error.message).toContain(problem);
    expect(error.details).toMatchObject({ reply: text, raw: openAi.reply(text) });
    expect(error.details?.['attempts']).toMatchObject([{ reason: 'first' }, { reason: 'schema' }]);
    expect(upstream.exchanges).toHaveLength(2);
  });

  it('the second answer is taken; both calls are told, counted and paid', async () => {
    const upstream = await startProvider(saying(wrong), saying(right));
    const answer = await answerOf(chatCore(upstream.url), chatTo(openAi, { schema }));
    expect(answer.data.json).toEqual(mira);
    expect(answer.attempts.map(({ n, reason, status }) => [n, reason, status])).toEqual([
      [1, 'first', 200],
      [2, 'schema', 200],
    ]);
    const [first, second] = answer.attempts.map((a) => a.cost!.total);
    // 11 tokens in and 5 out of gpt-4o-mini, at 0.15 and 0.60 USD a million.
    expect(first).toBeCloseTo((11 * 0.15 + 5 * 0.6) / 1e6, 12);
    expect(answer.cost).toMatchObject({ total: first! + second!, source: 'price_table' });
    expect(answer.usage).toEqual({ prompt_tokens: 22, completion_tokens: 10, total_tokens: 32 });
  });

  it.each([
    ['retries: 0', { retries: 0 }, {}],
    ['a budget for one call only', {}, { COMFYVN_LLM_DAILY_BUDGET_USD: '0.00001' }],
  ])('%s: not asked again', async (_, over, env) => {
    const upstream = await startProvider(saying(wrong));
    const error = await errorOf(
      chatCore(upstream.url, { env }),
      chatTo(openAi, { schema, max_tokens: 5, messages: hello, ...over }),
    );
    expect(error.code === 'output_schema_mismatch' || error.code === 'budget_exceeded').toBe(true);
    expect(upstream.exchanges.length).toBeLessThanOrEqual(1);
  });

  it("a second call that fails leaves the first answer's error", async () => {
    const upstream = await startProvider(saying(wrong), whole(openAi.error('down'), 500));
    const error = await errorOf(chatCore(upstream.url), chatTo(openAi, { schema }));
    expect(error.code).toBe('output_schema_mismatch');
    expect(error.details).toMatchObject({
      reply: wrong,
      attempts: [{ status: 200 }, { status: 500, reason: 'schema' }],
    });
  });

  it('a streamed reply is checked when it is whole, and not asked for again: its words are out', async () => {
    const upstream = await startProvider(pieces(openAi.stream('{"name":"Mira",', '"age":"x"}')));
    const { error, told } = await chat(chatCore(upstream.url), chatTo(openAi, { schema }), 'stream');
    expect(error).toMatchObject({
      code: 'output_schema_mismatch',
      details: { reply: '{"name":"Mira","age":"x"}' },
    });
    expect(told.text()).toBe('{"name":"Mira","age":"x"}');
    expect(upstream.exchanges).toHaveLength(1);
  });

  it('a call of a tool is no reply to check', async () => {
    const call = { id: 'call_1', type: 'function', function: { name: 'roll', arguments: '{}' } };
    const message = { role: 'assistant', content: null, tool_calls: [call] };
    const upstream = await startProvider(
      whole({ choices: [{ index: 0, message, finish_reason: 'tool_calls' }] }),
    );
    const tools = [{ type: 'function', function: { name: 'roll', parameters: { type: 'object' } } }];
    const answer = await answerOf(chatCore(upstream.url), chatTo(openAi, { schema, tools }));
    expect(answer.data).toMatchObject({ tool_calls: [call], finish_reason: 'tool_calls' });
  });
});

describe("each provider's own way to ask", () => {
  it('OpenAI: response_format', async () => {
    const { plan } = await dryRun(chatCore('http://127.0.0.1:9'), chatTo(openAi, { schema }));
    expect(plan.body).toMatchObject({ response_format: { type: 'json_schema', json_schema: { schema } } });
  });

  it('Anthropic: output_config.format where the model has it, else one forced tool', async () => {
    const core = chatCore('http://127.0.0.1:9');
    const native = await dryRun(core, chatTo(anthropic, { schema }));
    expect(native.plan.body).toMatchObject({ output_config: { format: { type: 'json_schema' } } });
    const old = await dryRun(core, chatTo({ ...anthropic, model: 'claude-3-haiku-20240307' }, { schema }));
    expect(old.plan.body).toMatchObject({ tool_choice: { type: 'tool' }, tools: [{ input_schema: schema }] });
  });

  it('Gemini: generationConfig, Ollama: format', async () => {
    const core = chatCore('http://127.0.0.1:9');
    const google = await dryRun(core, chatTo(gemini, { schema }));
    expect(google.plan.body).toMatchObject({
      generationConfig: { responseMimeType: 'application/json', responseJsonSchema: schema },
    });
    expect((await dryRun(core, chatTo(ollama, { schema }))).plan.body).toMatchObject({ format: schema });
  });

  it("the forced tool's arguments are the reply", async () => {
    const content = [{ type: 'tool_use', id: 'toolu_1', name: 'json', input: mira }];
    const wire = { ...anthropic, model: 'claude-3-haiku-20240307' };
    const core = (url: string) => chatCore(url);
    const probe = await dryRun(core('http://127.0.0.1:9'), chatTo(wire, { schema }));
    content[0]!.name = (probe.plan.body as { tools: { name: string }[] }).tools[0]!.name;
    const upstream = await startProvider(whole({ type: 'message', content, stop_reason: 'tool_use' }));
    const answer = await answerOf(core(upstream.url), chatTo(wire, { schema, allow_retired: true }));
    expect(answer.data).toMatchObject({ json: mira, finish_reason: 'stop' });
    expect(answer.data.tool_calls).toBeUndefined();
  });
});

describe('whose schema', () => {
  const formatOf = async (input: object) => {
    const { plan } = await dryRun(chatCore('http://127.0.0.1:9'), { messages: hello, ...input });
    const body = plan.body as Record<string, Record<string, Record<string, { properties?: object }>>>;
    const found =
      body['response_format']?.['json_schema']?.['schema'] ??
      body['generationConfig']?.['responseJsonSchema'];
    return found && Object.keys(found.properties ?? found).toSorted();
  };

  it("a module's applies by itself", async () => {
    expect(await formatOf({ module: 'translate' })).toContain('translation');
  });

  it("a preset's own goes before its module's", async () => {
    const plain = await formatOf({ module: 'worldbuild' });
    expect(plain).toEqual(expect.arrayContaining(['regions', 'factions', 'hooks']));
    expect(await formatOf({ module: 'worldbuild', preset: 'worldbuild-16-gemini-gemini-3.8-flash' })).toEqual(
      expect.arrayContaining(['biomes', 'events']),
    );
  });

  it("the caller's goes before both, and null turns both off", async () => {
    expect(await formatOf({ module: 'translate', schema })).toEqual(['age', 'name']);
    expect(await formatOf({ module: 'translate', schema: null })).toBeUndefined();
    expect(
      await formatOf({ module: 'worldbuild', preset: 'worldbuild-16-gemini-gemini-3.8-flash', schema: null }),
    ).toBeUndefined();
  });

  it('stays when the caller names another model for the module', async () => {
    expect(await formatOf({ module: 'translate', model: 'openai_public/gpt-4o-mini' })).toContain(
      'translation',
    );
  });

  it('a module without one asks for text', async () => {
    expect(await formatOf({ module: 'vn_chat' })).toBeUndefined();
  });
});
