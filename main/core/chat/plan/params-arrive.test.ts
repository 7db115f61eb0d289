import { describe, expect, it } from 'vitest';
import { reasonDetail, reasonValues } from '../../../../contract/reasons.ts';
import { sharedChat, answerOf, chatTo, dryRun, errorOf, hello } from '../../__fixtures__/chat-core.ts';
import { whole } from '../../__fixtures__/provider-replies.ts';
import { vendors, protocols, type Protocol } from '../../__fixtures__/protocols.ts';

const { openAi, azure, anthropic, gemini, ollama, proxy } = protocols;
const shared = sharedChat();

/** What a provider got of a live call. */
async function sentTo(protocol: Protocol, overrides: object) {
  const { upstream, core } = shared;
  upstream.answer(whole(protocol.reply('well')));
  const answer = await answerOf(core, chatTo(protocol, { ...overrides }));
  const [sent] = upstream.exchanges;
  return { answer, body: sent!.json(), headers: sent!.headers, path: sent!.path };
}

describe('sampling parameters', () => {
  const sampling = { temperature: 0.7, top_p: 0.9, presence_penalty: 0.3, frequency_penalty: -0.2 };

  it('Azure: a deployment called gpt-35-turbo keeps temperature, top_p and penalties', async () => {
    const { body, answer } = await sentTo(azure, { params: sampling });
    expect(body).toMatchObject(sampling);
    expect(answer.dropped).toEqual([]);
    expect(answer.applied).toEqual(expect.arrayContaining(Object.keys(sampling)));
  });

  it('Claude drops temperature or top_p where its model refuses both, and reports it', async () => {
    const params = { temperature: 0.7, top_p: 0.9 };
    const { body, answer } = await sentTo(anthropic, { params });
    expect(body).toMatchObject({ temperature: 0.7 });
    expect(body).not.toHaveProperty('top_p');
    expect(answer.dropped).toMatchObject([
      { param: 'top_p', reason: expect.stringContaining('together'), rule: 'claude-one-sampling' },
    ]);
    expect(answer.applied).not.toContain('top_p');
    const alone = await sentTo(anthropic, { params: { temperature: 0.7 } });
    expect(alone.answer.warnings).toEqual([]);
  });

  it('a value that the provider refuses is left out and reported, so that the call succeeds', async () => {
    const { body, answer } = await sentTo(openAi, { temperature: 2.5 });
    expect(body).not.toHaveProperty('temperature');
    expect(answer.dropped).toMatchObject([
      {
        param: 'temperature',
        reason: 'gpt-4o-mini takes temperature from 0 to 2; 2.5 is left out',
        reason_detail: { code: 'value_out_of_range', values: { min: 0, max: 2, value: 2.5 } },
        rule: 'openai-temperature-range',
      },
    ]);
  });

  it('a parameter that a model takes under another name is renamed and reported', async () => {
    const { body, answer } = await sentTo({ ...openAi, model: 'gpt-6-luna' }, { max_tokens: 77 });
    expect(body).toMatchObject({ max_completion_tokens: 77 });
    expect(body).not.toHaveProperty('max_tokens');
    expect(answer.rewritten).toContainEqual(
      expect.objectContaining({ path: '/max_completion_tokens', from: 'max_tokens' }),
    );
  });

  it("the caller's new name wins over an inherited old one, as providers refuse both together", async () => {
    // Its registry entry sets max_tokens.
    const { plan, dropped } = await dryRun(
      shared.core,
      chatTo({ ...azure, model: 'gpt-5.1' }, { params: { max_completion_tokens: 50 } }),
    );
    expect(plan.body).toMatchObject({ max_completion_tokens: 50 });
    expect(plan.body).not.toHaveProperty('max_tokens');
    expect(dropped.map((d) => d.param)).toEqual(['max_tokens']);
  });

  it.each([
    ['an unknown value', 'sometimes', {}, 'json_schema, json_object, tool, prompt'],
    ['no schema', 'tool', {}, 'no schema'],
  ])('structured_output with %s is applied or reported', async (_, structured_output, overrides, why) => {
    const { dropped, plan } = await dryRun(
      shared.core,
      chatTo(openAi, { params: { structured_output }, ...overrides }),
    );
    expect(dropped).toMatchObject([{ param: 'structured_output', reason: expect.stringContaining(why) }]);
    expect(JSON.stringify(plan.body)).not.toContain('structured_output');
  });

  it.each(vendors)('$provider: every parameter is applied or reported as dropped', async (protocol) => {
    const params = {
      temperature: 0.1,
      top_k: 3,
      min_p: 0.1,
      seed: 4,
      n: 1,
      logit_bias: { 5: 1 },
      user: 'u',
      wholly_new: [1],
      mirostat: 2,
    };
    const { applied, dropped } = await dryRun(shared.core, chatTo(protocol, { params }));
    for (const name of Object.keys(params))
      expect([...applied, ...dropped.map((d) => d.param)]).toContain(name);
    expect(dropped.every(({ reason }) => reason.length > 10)).toBe(true);
  });

  it.each(vendors)(
    '$provider: every reason has a code, with the values of the contract',
    async (protocol) => {
      const params = {
        structured_output: 'sometimes',
        reasoning: 'hihg',
        model: 'other',
        n: 2,
        stop: 'x',
        user: 'u',
        max_completion_tokens: 70,
      };
      const { dropped, rewritten } = await dryRun(shared.core, chatTo(protocol, { params }));
      expect(dropped.map(({ reason_detail }) => reason_detail?.code)).toEqual(
        expect.arrayContaining(['value_unknown', 'set_in_request']),
      );
      for (const { reason, reason_detail } of [...dropped, ...rewritten]) {
        const { code, values } = reasonDetail.parse(reason_detail);
        expect(reasonValues[code].strict().safeParse(values).success, reason).toBe(true);
      }
    },
  );
});

describe('provider_options arrive', () => {
  it.each([
    [openAi, { n: 2, service_tier: 'flex', logprobs: true }],
    [azure, { n: 2, data_sources: [{ type: 'azure_search' }] }],
    [anthropic, { top_k: 5, metadata: { user_id: 'mira' }, service_tier: 'standard_only' }],
    [
      gemini,
      {
        generationConfig: { responseMimeType: 'text/plain', candidateCount: 1 },
        safetySettings: [{ category: 'X' }],
      },
    ],
    [ollama, { keep_alive: '10m', think: false, options: { mirostat: 2, num_ctx: 8192 } }],
    [proxy, { seed_bank: 'b', params: { mirostat: 1 } }],
  ])('$provider', async (protocol, body) => {
    const sent = await sentTo(protocol, {
      params: { temperature: 0.3 },
      provider_options: { body },
      // Some of these options have no cost bound.
      max_cost_usd: 0.1,
    });
    expect(sent.body).toMatchObject(body);
    expect(JSON.stringify(sent.body)).toContain('"temperature":0.3');
  });

  it('headers and query arrive too', async () => {
    const { headers, path } = await sentTo(openAi, {
      provider_options: {
        headers: { 'OpenAI-Organization': 'org-1', 'X-Title': 'Café' },
        query: { debug: 'a b&c' },
      },
    });
    expect(headers).toMatchObject({ 'openai-organization': 'org-1', 'x-title': 'Café' });
    expect(path).toBe('/v1/chat/completions?debug=a+b%26c');
  });

  it("a preset's provider_options are merged with the caller's, which win", async () => {
    const input = { messages: hello, module: 'translate', preset: 'translate-07-azure-gpt-4o-mini' };
    const provider_options = { query: { 'api-version': '2025-01-01' }, headers: { 'x-trace': '1' } };
    const { plan } = await dryRun(shared.core, { ...input, provider_options });
    expect(plan.url).toContain('api-version=2025-01-01');
    expect(plan.headers).toMatchObject({ 'x-trace': '1' });
  });

  it.each([
    ['Authorization', 'Bearer x'],
    ['x-api-key', 'x'],
    ['api-key', 'x'],
    ['X-Goog-Api-Key', 'x'],
    ['Proxy-Authorization', 'x'],
    ['Cookie', 'a=b'],
    ['Host', 'evil.example'],
    ['Content-Length', '1'],
    ['Transfer-Encoding', 'chunked'],
    ['Connection', 'close'],
    ['Expect', '100-continue'],
    ['x-a', 'one\r\nAuthorization: two'],
    ['x-a', 'one\nx-b: two'],
    ['x-a', 'nul\0'],
    ['x a', 'space in the name'],
    ['x-a\r\nx-b', 'break in the name'],
    ['', 'no name'],
    ['x-title', 'Мира'],
  ])('the header %j: %j is refused before anything is sent', async (name, value) => {
    const { upstream, core } = shared;
    upstream.answer(whole(openAi.reply('well')));
    const error = await errorOf(core, chatTo(openAi, { provider_options: { headers: { [name]: value } } }));
    expect(error.code).toBe('invalid_request');
    expect(error.message).toContain('provider_options.headers.');
    expect(upstream.exchanges).toHaveLength(0);
  });

  it.each(['key', 'api_key', 'api-key', 'access_token', 'X-Goog-Api-Key'])(
    'a credential as ?%s= is refused, as URLs are logged',
    async (name) => {
      const error = await errorOf(
        shared.core,
        chatTo(gemini, { provider_options: { query: { [name]: 'sk-1' } } }),
      );
      expect(error).toMatchObject({
        code: 'invalid_request',
        details: { fields: [{ path: `provider_options.query.${name}` }] },
      });
    },
  );

  it('the header that detects loops cannot be removed', async () => {
    const { headers } = await sentTo(openAi, { provider_options: { headers: { 'X-ComfyVN-LLM-Hops': '' } } });
    expect(headers['x-comfyvn-llm-hops']).toMatch(/^[0-9a-f]{8}$/);
  });
});

describe('the final body decides', () => {
  it('a model set in the body determines the price and the lifecycle check', async () => {
    const { core } = shared;
    const { estimate, lifecycle, warnings } = await dryRun(
      core,
      chatTo(openAi, { provider_options: { body: { model: 'gpt-4.1' } } }),
    );
    expect(estimate.price).toMatchObject({ input: 2, output: 8 });
    expect(lifecycle.shutdown).toBe('2027-01-14');
    expect(warnings.join()).toContain('gpt-4.1 is deprecated');
    const old = { provider_options: { body: { model: 'claude-3-haiku-20240307' } } };
    expect((await errorOf(core, chatTo(anthropic, old))).code).toBe('model_retired');
  });

  it('a cheap model in the body does not change the price where the URL names the model', async () => {
    const { core } = shared;
    const body = { model: 'gpt-4o-mini' };
    const query = { 'api-version': '2024-10-21' };
    const dear = { ...azure, model: 'gpt-4o' };
    const honest = await dryRun(core, chatTo(dear, { provider_options: { query } }));
    const sly = await dryRun(core, chatTo(dear, { provider_options: { body, query } }));
    expect(sly.estimate.price).toEqual(honest.estimate.price);
    expect(sly.plan.url).toContain('/deployments/gpt-4o/');
    // The current URL form has the deployment in the body, so the body decides.
    const current = await dryRun(core, chatTo(dear, { provider_options: { body } }));
    expect(current.plan.url).toContain('/openai/v1/chat/completions');
    expect(current.model).toBe('gpt-4o-mini');
    const google = await dryRun(
      core,
      chatTo(
        { ...gemini, model: 'gemini-3.8-flash' },
        { provider_options: { body: { model: 'gemini-3.5-flash-lite' } } },
      ),
    );
    expect(google.estimate.price?.input).toBeCloseTo(0.75, 9);
  });

  it('stream: true in the body makes the call a stream', async () => {
    const { upstream, core } = shared;
    upstream.answer(async (exchange) => {
      const { pieces } = await import('../../__fixtures__/provider-replies.ts');
      return pieces(openAi.stream('piece ', 'by piece'))(exchange);
    });
    const answer = await answerOf(core, chatTo(openAi, { provider_options: { body: { stream: true } } }));
    expect(answer.reply).toBe('piece by piece');
  });

  it('several replies are budgeted as several', async () => {
    const { core } = shared;
    const max = async (protocol: Protocol, overrides: object) =>
      (await dryRun(core, chatTo(protocol, { max_tokens: 100, ...overrides }))).estimate
        .max_completion_tokens;
    expect(await max(openAi, {})).toBe(100);
    expect(await max(openAi, { n: 3 })).toBe(300);
    expect(
      await max(gemini, { provider_options: { body: { generationConfig: { candidateCount: 4 } } } }),
    ).toBe(400);
    expect(await max(openAi, { provider_options: { body: { max_tokens: 5000 } } })).toBe(5000);
  });
});
