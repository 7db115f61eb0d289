import { Client, requestBytes } from './support/client.mjs';
import { options } from './support/options.mjs';
import { startMock, startPanel, stop } from './support/processes.mjs';
import { median, quantile, table } from './support/table.mjs';

// node bench/first-piece.mjs [--rounds 200]: measures when the first piece of a stream reaches the client, through each
// protocol with the same OpenAI provider. `/v1/chat/completions` forwards the provider's bytes; the other protocols are
// translated. The protocols alternate within a round, so other load on the machine affects all of them.

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

/** Milliseconds until the first piece of the provider's text arrives. */
async function firstPiece({ name, client, bytes }) {
  const started = performance.now();
  let first = NaN;
  let received = '';
  const status = await client.request(bytes, (piece) => {
    if (!Number.isNaN(first)) return;
    received += piece.latin1Slice();
    if (/t=\d+\.\d+;/.test(received)) first = performance.now() - started;
  });
  if (status !== 200 || Number.isNaN(first))
    throw new Error(`${name} answers ${status}: ${received.slice(0, 300)}`);
  return first;
}

for (let i = 0; i < 30; i++) for (const one of protocols) await firstPiece(one);
for (let i = 0; i < rounds; i++) for (const one of protocols) one.times.push(await firstPiece(one));

const [base] = protocols;
const fixed = (value) => value.toFixed(2);
// Other load on the machine can only delay a piece, so the 10th percentile shows the time of the protocol itself.
const p10 = ({ times }) => quantile(times, 0.1);
const rows = protocols.map((one) => [
  one.name,
  fixed(p10(one)),
  fixed(median(one.times)),
  one === base ? '–' : fixed(p10(one) - p10(base)),
  one === base ? '–' : fixed(p10(one) / p10(base)),
]);
console.log(table(['', 'p10 ms', 'median ms', 'added ms', 'ratio'], rows));
const worst = Math.max(...protocols.slice(1).map((one) => p10(one) - p10(base)));
console.log(`\nlargest added time: ${fixed(worst)} ms (target ≤ 2)`);
for (const { client } of protocols) client.close();
await stop(panel);
await stop(mock);
process.exit(worst <= 2 ? 0 : 1);
