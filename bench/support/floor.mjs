import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Ajv } from 'ajv';
import { Pool } from 'undici';

// node bench/support/floor.mjs UPSTREAM: a minimal gateway in Node. It validates the request with a compiled schema,
// forwards it, and parses and rewrites the reply, streams event by event. It has no security checks, log or prices.

const pool = new Pool(process.argv[2], { connections: 128, pipelining: 1 });
const validate = new Ajv().compile({
  type: 'object',
  required: ['model', 'messages'],
  properties: {
    model: { type: 'string', minLength: 1, maxLength: 200 },
    messages: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['role', 'content'],
        properties: {
          role: { enum: ['system', 'developer', 'user', 'assistant', 'tool'] },
          content: {
            anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'object' } }, { type: 'null' }],
          },
        },
      },
    },
    stream: { type: 'boolean' },
    temperature: { type: 'number', minimum: 0, maximum: 2 },
    max_tokens: { type: 'integer', minimum: 1 },
  },
});

function answer(response, status, value, id) {
  const bytes = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': bytes.length,
    'x-request-id': id,
  });
  response.end(bytes);
}

function rewritten({ id, created, model, choices, usage }, requestId) {
  const { message, finish_reason } = choices[0];
  const reply = { role: 'assistant', content: message.content ?? '' };
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices: [{ index: 0, message: reply, finish_reason }],
    usage,
    gateway: { request_id: requestId },
  };
}

/** Parses and rewrites each event; writes the events of one packet together. */
function eventWriter(response) {
  const decoder = new TextDecoder();
  let incomplete = '';
  return (chunk) => {
    const events = (incomplete + decoder.decode(chunk, { stream: true })).split('\n\n');
    incomplete = events.pop();
    const out = events.map((event) => {
      const data = event.slice(6);
      if (data === '[DONE]') return 'data: [DONE]\n\n';
      const { id, object, created, model, choices, usage } = JSON.parse(data);
      return `data: ${JSON.stringify({ id, object, created, model, choices, usage })}\n\n`;
    });
    return out.length ? response.write(out.join('')) : true;
  };
}

async function serve(request, response, raw, id) {
  const body = JSON.parse(raw);
  if (!validate(body)) return answer(response, 400, { error: { details: validate.errors } }, id);
  const abort = new AbortController();
  response.on('close', () => response.writableEnded || abort.abort());
  const reply = await pool.request({
    path: request.url,
    method: 'POST',
    signal: abort.signal,
    bodyTimeout: 0,
    headers: { 'content-type': 'application/json', authorization: request.headers.authorization ?? '' },
    body: JSON.stringify(body),
  });
  if (!body.stream) return answer(response, reply.statusCode, rewritten(await reply.body.json(), id), id);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': id });
  const write = eventWriter(response);
  reply.body.on('data', (chunk) => {
    if (write(chunk)) return;
    reply.body.pause();
    response.once('drain', () => reply.body.resume());
  });
  return reply.body.on('end', () => response.end()).on('error', () => response.destroy());
}

const server = createServer((request, response) => {
  const chunks = [];
  const id = randomUUID();
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const raw = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    serve(request, response, raw, id).catch((error) => {
      if (response.headersSent) response.destroy();
      else answer(response, 502, { error: { message: error.message } }, id);
    });
  });
});
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
