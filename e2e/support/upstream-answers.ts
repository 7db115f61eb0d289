import type { ServerResponse } from 'node:http';
import type { Answer, Received } from './upstream.ts';

const usage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
const base = { id: 'chatcmpl-e2e', created: 1_750_000_000, model: 'e2e-model' };

/** The JSON body of a request; an empty object without a body. */
export function jsonOf({ body }: Received): Record<string, unknown> {
  return body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Record<string, unknown>);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** A `chat.completion` object, as in OpenAI's API reference. */
export function completion(content: string): Record<string, unknown> {
  const choice = { index: 0, message: { role: 'assistant', content }, finish_reason: 'stop', logprobs: null };
  return { ...base, object: 'chat.completion', choices: [choice], usage };
}

function chunk(delta: Record<string, unknown>, finish: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finish, logprobs: null }];
  return `data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', choices })}\n\n`;
}

function openStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(chunk({ role: 'assistant', content: '' }));
}

/** A complete stream: pieces, finish reason, usage, `[DONE]`. */
export function streamOf(pieces: readonly string[]): Answer {
  return (response) => {
    openStream(response);
    for (const piece of pieces) response.write(chunk({ content: piece }));
    response.write(chunk({}, 'stop'));
    response.write(
      `data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', choices: [], usage })}\n\n`,
    );
    response.end('data: [DONE]\n\n');
  };
}

/** The pieces, then nothing, with the connection open: only the caller or `Received.cut` ends it. */
export function streamWithoutEnd(pieces: readonly string[]): Answer {
  return (response) => {
    openStream(response);
    for (const piece of pieces) response.write(chunk({ content: piece }));
  };
}

/** An error response in OpenAI's format. */
export function refusal(
  status: number,
  message: string,
  code: string,
  type = 'invalid_request_error',
): Answer {
  return (response) => sendJson(response, status, { error: { message, type, param: null, code } });
}

/** JSON or a stream, as the request asks. */
export function answerByBody(text: string): Answer {
  const stream = streamOf(text.split(/(?<= )/));
  return (response, received) =>
    jsonOf(received)['stream'] === true
      ? stream(response, received)
      : sendJson(response, 200, completion(text));
}
