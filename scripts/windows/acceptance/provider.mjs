import { once } from 'node:events';
import { createServer } from 'node:http';

/** The text of each line of a batch, and the pattern that finds its number in a request. */
export const lineText = (n) => `Line ${n}: 雨はまだやまない。`;
const lineNumber = /Line (\d+):/;

/**
 * A provider on this Linux machine for Windows programs, which counts the requests for each line.
 * @returns {Promise<{ url: string, asked: Map<number, number>, answered: () => number,
 *   atLeast: (count: number) => Promise<void>, close: () => void }>} `asked` has the number of requests per line
 */
export async function startProvider() {
  const asked = new Map();
  let answered = 0;
  const waiting = new Set();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { messages = [], model } = JSON.parse(body || '{}');
    const n = Number(lineNumber.exec(messages.at(-1)?.content ?? '')?.[1] ?? 0);
    asked.set(n, (asked.get(n) ?? 0) + 1);
    const message = { role: 'assistant', content: `Answer ${n}` };
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        id: `call-${n}`,
        object: 'chat.completion',
        model,
        choices: [{ index: 0, message, finish_reason: 'stop' }],
        usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
      }),
    );
    answered++;
    for (const look of waiting) look();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    asked,
    answered: () => answered,
    atLeast: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (answered < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
