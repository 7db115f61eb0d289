import { Client, requestBytes } from './support/client.mjs';
import { options } from './support/options.mjs';
import { startMock, startPanel, stop } from './support/processes.mjs';
import { median, quantile, table } from './support/table.mjs';

// node bench/first-piece.mjs [--rounds 200]: when the first piece of a stream reaches the client, through each protocol
// in front of the same OpenAI provider. `/v1/chat/completions` passes the provider's bytes on; every other one is
// translated. The protocols take turns within a round, so that a slow moment meets all of them.

const { rounds } = options({ rounds: 200 });
const mock = await startMock();
const panel = await startPanel(mock.url);
const model = 'openai_public/gpt-4o-mini';
const text = 'Continue the scene in which Mika finds the ledger. [[chunks=10 delay=2]]';
const messages = [{ role: 'user', content: text }];
const contents = [{ role: 'user', parts: [{ text }] }];
const protocols = [
  ['passed through', '/v1/chat/completions', { model, messages, stream: true }],
  ['Responses', '/v1/responses', { model, input: text, stream: true }],
  ['completions', '/v1/completions', { model, prompt: text, stream: true }],
  ['Anthropic', '/v1/messages', { model, messages, max_tokens: 256, stream: true }],
  ['Ollama chat', '/api/chat', { model, messages }],
  ['Ollama generate', '/api/generate', { model, prompt: text }],
  ['Gemini', `/v1beta/models/${model}:streamGenerateContent`, { contents }],
].map(([name, path, body]) => ({
  name,
  client: new Client(panel.url),
  bytes: requestBytes(panel.url + path, {}, body),
  times: [],
}));

/** Milliseconds until a piece of the provider's text is here. */
async function firstPiece({ name, client, bytes }) {
  const started = performance.now();
  let first = NaN;
  let seen = '';
  const status = await client.request(bytes, (piece) => {
    if (!Number.isNaN(first)) return;
    seen += piece.latin1Slice();
    if (/t=\d+\.\d+;/.test(seen)) first = performance.now() - started;
  });
  if (status !== 200 || Number.isNaN(first))
    throw new Error(`${name} answers ${status}: ${seen.slice(0, 300)}`);
  return first;
}

for (let i = 0; i < 30; i++) for (const one of protocols) await firstPiece(one);
for (let i = 0; i < rounds; i++) for (const one of protocols) one.times.push(await firstPiece(one));

const [base] = protocols;
const fixed = (value) => value.toFixed(2);
// Other work on the machine only ever makes a piece later: the quickest tenth shows what the protocol itself takes.
const quick = ({ times }) => quantile(times, 0.1);
const rows = protocols.map((one) => [
  one.name,
  fixed(quick(one)),
  fixed(median(one.times)),
  one === base ? '–' : fixed(quick(one) - quick(base)),
  one === base ? '–' : fixed(quick(one) / quick(base)),
]);
console.log(table(['', 'first tenth, ms', 'median', 'added ms', 'ratio'], rows));
const worst = Math.max(...protocols.slice(1).map((one) => quick(one) - quick(base)));
console.log(`\nmost added: ${fixed(worst)} ms (wanted ≤ 2)`);
for (const { client } of protocols) client.close();
await stop(panel);
await stop(mock);
process.exit(worst <= 2 ? 0 : 1);
