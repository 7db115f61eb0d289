import { expect, it } from 'vitest';
import { answerOf, chat, chatCore, chatTo } from '../../__fixtures__/chat-core.ts';
import { pieces, whole } from '../../__fixtures__/provider-replies.ts';
import { startProvider } from '../../__fixtures__/provider-upstream.ts';
import { protocols } from '../../__fixtures__/protocols.ts';

const { openAi, ollama } = protocols;
const once = chatTo(openAi, { retries: 0 });
const down = whole(openAi.error('down'), 500);

/** A core whose OpenAI has just failed nine times in a row. Ollama has another address and works. */
async function afterNineFailures() {
  const upstream = await startProvider(down);
  const other = await startProvider(whole(ollama.reply('well')));
  const core = chatCore(upstream.url, { env: { COMFYVN_LLM_OLLAMA_DEFAULT_BASE_URL: other.url } });
  for (let i = 0; i < 9; i++) expect((await chat(core, once)).error?.code).toBe('provider_error');
  return { upstream, core };
}

it('nine failures in a row open the circuit for that address only', async () => {
  const { upstream, core } = await afterNineFailures();
  const { error } = await chat(core, chatTo(openAi, { retries: 5 }));
  expect(error).toMatchObject({ code: 'provider_unreachable', details: { upstream_code: 'circuit_open' } });
  expect(error?.details?.['attempts']).toHaveLength(1);
  expect(upstream.exchanges).toHaveLength(9);
  expect((await answerOf(core, chatTo(ollama))).reply).toBe('well');
});

it('after three seconds one call probes the address; if that fails too, the circuit stays open', async () => {
  const { upstream, core } = await afterNineFailures();
  core.clock.advance(2999);
  expect((await chat(core, once)).error?.details).toMatchObject({ upstream_code: 'circuit_open' });
  core.clock.advance(1);
  expect((await chat(core, once)).error?.code).toBe('provider_error');
  expect((await chat(core, once)).error?.details).toMatchObject({ upstream_code: 'circuit_open' });
  expect(upstream.exchanges).toHaveLength(10);
  core.clock.advance(3000);
  upstream.answer(whole(openAi.reply('back')));
  for (let i = 0; i < 5; i++) expect((await answerOf(core, once)).reply).toBe('back');
});

it('a slow probe delays no other call, as a streamed reply can take minutes', async () => {
  const { upstream, core } = await afterNineFailures();
  core.clock.advance(3000);
  upstream.answer(pieces(openAi.stream('slow ', 'reply').slice(0, 2), 'hang'), whole(openAi.reply('back')));
  const leaving = new AbortController();
  const trying = chat(core, once, 'stream', leaving.signal);
  await expect.poll(() => upstream.exchanges.length).toBe(10);
  expect((await chat(core, once)).error?.details).toMatchObject({ upstream_code: 'circuit_open' });
  core.clock.advance(3000);
  expect((await answerOf(core, once)).reply).toBe('back');
  leaving.abort();
  expect((await trying).error?.code).toBe('cancelled');
});

it.each([400, 401, 404, 429])('a %i does not count as a failure of the address', async (status) => {
  const upstream = await startProvider(whole(openAi.error('no'), status));
  const core = chatCore(upstream.url);
  for (let i = 0; i < 12; i++)
    expect((await chat(core, once)).error?.details).toMatchObject({ upstream_status: status });
  expect(upstream.exchanges).toHaveLength(12);
});

it('failures that are not in a row do not add up', async () => {
  const upstream = await startProvider();
  const core = chatCore(upstream.url);
  for (let i = 0; i < 12; i++) {
    upstream.answer(i % 4 === 3 ? whole(openAi.reply('well')) : down);
    const { error } = await chat(core, once);
    expect(error?.code).toBe(i % 4 === 3 ? undefined : 'provider_error');
  }
  expect(upstream.exchanges).toHaveLength(12);
});
