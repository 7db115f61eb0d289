import { translated } from './line-answers.ts';
import type { Upstream } from './upstream.ts';
import { completion, jsonOf } from './upstream-answers.ts';

interface FileLine {
  custom_id: string;
  body: { messages: { content: string }[] };
}

/** The lines of an uploaded file, taken from its multipart form. */
function fileLines(form: string): FileLine[] {
  return form
    .split('\n')
    .flatMap((line) => (line.startsWith('{"custom_id"') ? [JSON.parse(line) as FileLine] : []));
}

function resultOf({ custom_id, body }: FileLine): string {
  const content = body.messages.at(-1)?.content ?? '';
  const lines = content.split('\n').flatMap((line) => {
    const [, id, text = ''] = /^(\d+)\|(.*)$/.exec(line) ?? [];
    return id === undefined ? [] : [`${id}|${translated(text)}`];
  });
  const response = { status_code: 200, body: completion(JSON.stringify({ lines })) };
  return `${JSON.stringify({ custom_id, response, error: null })}\n`;
}

/** Imitates OpenAI's batch API; each batch is completed when its status is requested the second time. */
export function answerBatches(upstream: Upstream): void {
  let lines: FileLine[] = [];
  let [reference, asked] = ['', 0];
  const batch = (status: string) => ({
    id: 'batch_1',
    status,
    created_at: 1,
    metadata: { comfyvn_batch: reference },
    output_file_id: status === 'completed' ? 'file-out' : null,
    request_counts: { total: lines.length, completed: status === 'completed' ? lines.length : 0, failed: 0 },
  });
  upstream.answerWith((response, received) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    if (received.path.endsWith('/files')) {
      lines = fileLines(received.body.toString('utf8'));
      response.end(JSON.stringify({ id: 'file-in', status: 'processed' }));
      return;
    }
    const { metadata } = jsonOf(received) as { metadata: { comfyvn_batch: string } };
    reference = metadata.comfyvn_batch;
    response.end(JSON.stringify(batch('validating')));
  });
  upstream.listWith((response, { path }) => {
    if (path.endsWith('/content')) response.end(lines.map(resultOf).join(''));
    else {
      response.writeHead(200, { 'content-type': 'application/json', 'retry-after-ms': '50' });
      response.end(JSON.stringify(batch(asked++ === 0 ? 'in_progress' : 'completed')));
    }
  });
}
