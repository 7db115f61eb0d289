import { askedLines, replyText } from '../../__fixtures__/line-upstream.ts';
import {
  resultsOf,
  type BatchDialect,
  type BatchedLine,
  type LineResult,
  type RemoteJob,
} from './batch-upstream.ts';

/** Claude's reply to a request of a batch. */
export function claudeAnswer({ body }: BatchedLine): { reply: unknown } {
  const text = replyText(askedLines({ json: () => body }));
  return {
    reply: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: body['model'],
      content: [{ type: 'text', text }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 100, output_tokens: Math.ceil(text.length / 4) + 1 },
    },
  };
}

function resultOf(line: BatchedLine, result: LineResult): unknown {
  const value = result === 'twice' ? claudeAnswer(line) : result;
  if (value === 'cancelled') return { type: 'canceled' };
  if (value === 'expired') return { type: 'expired' };
  if (typeof value === 'object' && 'reply' in value) return { type: 'succeeded', message: value.reply };
  const { message } = (value as { refuse: { message: string } }).refuse;
  return { type: 'errored', error: { type: 'error', error: { type: 'invalid_request_error', message } } };
}

const typeOf = (line: BatchedLine, result: LineResult) => (resultOf(line, result) as { type: string }).type;

/** Anthropic's Message Batches API, according to platform.claude.com/docs/en/build-with-claude/batch-processing. */
export function anthropicBatchApi(): BatchDialect {
  const root = '/v1/messages/batches';
  return {
    route({ method, path: full, headers }) {
      const [path = ''] = full.split('?');
      if (!path.startsWith(root) || !headers['x-api-key'] || !headers['anthropic-version']) return undefined;
      const [, id = '', last] = path.slice(root.length).split('/');
      if (last === 'results') return { step: 'output', id };
      if (last === 'cancel') return { step: 'cancel', id };
      if (id !== '') return { step: 'get', id };
      return { step: method === 'POST' ? 'create' : 'list', id: '' };
    },
    create(request, number) {
      const { requests } = request.json() as {
        requests: { custom_id: string; params: Record<string, unknown> }[];
      };
      const lines = requests.map(({ custom_id: id, params: body }) => ({ id, body }));
      const isInvalid = lines.some(
        ({ id, body }) => !/^[a-zA-Z0-9_-]{1,64}$/.test(id) || body['stream'] === true,
      );
      if (isInvalid)
        return {
          answer: {
            status: 400,
            body: { type: 'error', error: { type: 'invalid_request_error', message: 'a request is wrong' } },
          },
        };
      const model = String(lines[0]?.body['model']);
      const id = `msg${number}`;
      const job: RemoteJob = {
        id,
        reference: null,
        model,
        lines,
        createdAt: Date.now(),
        polls: 0,
        cancelled: false,
      };
      return { job, answer: { body: {} } };
    },
    job(job, ended, script) {
      const counts = { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
      if (!ended) counts.processing = job.lines.length;
      else
        for (const { line, result } of resultsOf(job, script))
          counts[typeOf(line, result) as keyof typeof counts]++;
      return {
        id: job.id,
        type: 'message_batch',
        processing_status: ended ? 'ended' : job.cancelled ? 'canceling' : 'in_progress',
        ...(script.hidesCounts ? {} : { request_counts: counts }),
        created_at: new Date(job.createdAt).toISOString(),
        expires_at: new Date(job.createdAt + 86_400_000).toISOString(),
        ended_at: ended ? new Date(job.createdAt).toISOString() : null,
        results_url: ended ? `https://api.anthropic.com${root}/${job.id}/results` : null,
      };
    },
    list: (data) => ({ data, has_more: false, first_id: null, last_id: null }),
    results(job, script) {
      const rows = resultsOf(job, script).toReversed();
      const lines = rows.map(
        ({ line, result }) => `${JSON.stringify({ custom_id: line.id, result: resultOf(line, result) })}\n`,
      );
      return { headers: { 'content-type': 'application/x-jsonl' }, body: lines.join('') };
    },
  };
}
