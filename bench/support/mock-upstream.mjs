import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { asksStream, protocolAt } from './protocols.mjs';

// node bench/support/mock-upstream.mjs PORT: a provider on loopback that speaks every protocol. Instructions are part of the
// request's text, so they pass through any gateway: `[[chunks=50 delay=5 fault=429]]`.
// Faults: a status, `hang`, `cut` (within the reply), `badjson`, `event` (an error within a stream).
// Each piece of a stream contains `t=<ms since 1970>;`, the time when it was written.

const text = 'The lantern over the harbour gutters as Mika turns the last page of the ledger. '.repeat(8);
const now = () => (performance.timeOrigin + performance.now()).toFixed(3);
const counts = { calls: 0, left: 0, underWay: 0 };

function knobsIn(raw) {
  const text = /\[\[([^\]]*)\]\]/.exec(raw)?.[1] ?? '';
  const settings = Object.fromEntries(text.split(' ').map((part) => part.split('=')));
  return {
    chunks: Number(settings.chunks ?? 20),
    delay: Number(settings.delay ?? 0),
    latency: Number(settings.latency ?? 0),
    fault: settings.fault ?? '',
  };
}

function json(response, status, value) {
  const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}

const drained = (response) =>
  new Promise((resolve) => response.once('drain', resolve).once('close', resolve));

async function stream(response, protocol, model, { chunks, delay, fault }) {
  response.writeHead(200, { 'content-type': protocol.type, 'cache-control': 'no-cache' });
  response.write(protocol.head(model));
  for (let i = 0; i < chunks; i++) {
    if (response.destroyed) return undefined;
    if (i === chunks >> 1 && fault === 'cut') return response.destroy();
    if (i === chunks >> 1 && fault === 'event') return response.end(protocol.errorPiece('planned error'));
    const hasRoom = response.write(protocol.piece(model, `t=${now()}; word${i} `));
    if (delay) await sleep(delay);
    else if (!hasRoom) await drained(response);
    // Splits the stream into several packets even without a delay.
    else if (i % 8 === 7) await new Promise(setImmediate);
  }
  return response.end(protocol.tail(model));
}

async function answer(response, path, raw) {
  const protocol = protocolAt(path);
  if (!protocol) return json(response, 404, { error: `no route ${path}` });
  const body = JSON.parse(raw);
  const knobs = knobsIn(raw);
  const model = body.model ?? 'mock';
  const { fault, latency } = knobs;
  if (latency) await sleep(latency);
  if (Number(fault) >= 400) return json(response, Number(fault), protocol.error(`planned ${fault}`, fault));
  if (fault === 'hang') return undefined;
  if (asksStream(protocol, path, body)) return stream(response, protocol, model, knobs);
  if (fault === 'badjson') return json(response, 200, '{"broken": ');
  if (fault === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
    return response.write('{"id":', () => response.destroy());
  }
  return json(response, 200, protocol.whole(model, text));
}

const server = createServer((request, response) => {
  const path = (request.url ?? '').split('?')[0];
  if (path === '/counts')
    return void server.getConnections((_error, sockets) => json(response, 200, { ...counts, sockets }));
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    counts.calls++;
    counts.underWay++;
    response.on('close', () => {
      counts.underWay--;
      if (!response.writableFinished) counts.left++;
    });
    void answer(response, path, (chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)).toString());
  });
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () =>
  console.log(`listening on http://127.0.0.1:${server.address().port}`),
);
