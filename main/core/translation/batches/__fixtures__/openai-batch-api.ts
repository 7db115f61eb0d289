import { replyText, askedLines, reply } from '../../__fixtures__/line-upstream.ts';
import {
  resultsOf,
  type BatchDialect,
  type BatchedLine,
  type LineResult,
  type RemoteJob,
} from './batch-upstream.ts';

/** Parses the form field "file" of an upload. */
function uploadedLines(body: string): BatchedLine[] {
  const [, content = ''] = /name="file"[^]*?\r\n\r\n([^]*)\r\n--/.exec(body) ?? [];
  return content
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => {
      const { custom_id: id, body: json, method, url } = JSON.parse(text) as Record<string, unknown>;
      if (method !== 'POST' || url !== '/v1/chat/completions')
        throw new Error(`a line of the file is ${text}`);
      return { id: String(id), body: json as Record<string, unknown> };
    });
}

/** The model's reply to a request of a batch; the same as to a live request. */
export function answerTo({ body }: BatchedLine): { reply: unknown } {
  const lines = askedLines({ json: () => body });
  const { body: json } = reply(replyText(lines)) as { body: unknown };
  return { reply: json };
}

function lineOf(line: BatchedLine, result: LineResult): string {
  const base = { id: `batch_req_${line.id}`, custom_id: line.id };
  const value = result === 'twice' ? answerTo(line) : result;
  if (typeof value === 'object' && 'reply' in value)
    return JSON.stringify({
      ...base,
      response: { status_code: 200, request_id: 'r', body: value.reply },
      error: null,
    });
  if (typeof value === 'object') {
    const { status, message } = value.refuse;
    const body = { error: { message, type: 'invalid_request_error', code: null } };
    return JSON.stringify({ ...base, response: { status_code: status, request_id: 'r', body }, error: null });
  }
  const error = { code: `batch_${value}`, message: `the request was ${value}` };
  return JSON.stringify({ ...base, response: null, error });
}

/** OpenAI's batch API, according to developers.openai.com/api/docs/guides/batch; Azure has the same API below `/openai/v1`. */
export function openAiBatchApi(root = '/v1'): BatchDialect {
  const files = new Map<string, BatchedLine[]>();
  const dialect: BatchDialect = {
    route({ method, path: full }) {
      if (!full.startsWith(root)) return undefined;
      const [path = ''] = full.slice(root.length).split('?');
      const [, kind, id = '', last] = path.split('/');
      if (kind === 'files' && method === 'POST') return { step: 'upload', id: '' };
      if (kind === 'files' && last === 'content')
        return { step: id.startsWith('error') ? 'errors' : 'output', id };
      if (kind === 'files') return { step: 'file', id };
      if (kind !== 'batches') return undefined;
      if (method === 'POST') return id === '' ? { step: 'create', id: '' } : { step: 'cancel', id };
      return id === '' ? { step: 'list', id } : { step: 'get', id };
    },
    create(request, id) {
      if (request.path.endsWith('/files')) {
        const file = `file-${files.size + 1}`;
        files.set(file, uploadedLines(request.body.toString('utf8')));
        return { answer: { body: { id: file, object: 'file', purpose: 'batch', status: 'processed' } } };
      }
      const { input_file_id, endpoint, completion_window, metadata } = request.json();
      const lines = files.get(String(input_file_id));
      if (!lines || endpoint !== '/v1/chat/completions' || completion_window !== '24h')
        return { answer: { status: 400, body: { error: { message: 'a field of the batch is wrong' } } } };
      const reference = (metadata as Record<string, string>)['comfyvn_batch'] ?? null;
      const model = String(lines[0]?.body['model']);
      const job: RemoteJob = {
        id,
        reference,
        model,
        lines,
        createdAt: Date.now(),
        polls: 0,
        cancelled: false,
      };
      return { job, answer: { body: {} } };
    },
    job(job, ended, script) {
      const results = resultsOf(job, script);
      const completed = new Set(results.filter(({ result }) => isReply(result)).map(({ line }) => line.id))
        .size;
      const failed = results.filter(({ result }) => !isReply(result)).length;
      const status = !ended
        ? job.cancelled
          ? 'cancelling'
          : 'in_progress'
        : job.cancelled
          ? 'cancelled'
          : (script.endsAs ?? 'completed');
      const isFailed = status === 'failed';
      return {
        id: job.id,
        object: 'batch',
        endpoint: '/v1/chat/completions',
        status,
        created_at: Math.floor(job.createdAt / 1000),
        expires_at: Math.floor(job.createdAt / 1000) + 86_400,
        metadata: { comfyvn_batch: job.reference },
        errors: isFailed
          ? {
              object: 'list',
              data: [{ code: 'token_limit_exceeded', message: 'Enqueued token limit reached' }],
            }
          : null,
        output_file_id: ended && !isFailed ? `output-${job.id}` : null,
        error_file_id: ended && !isFailed && failed > 0 ? `error-${job.id}` : null,
        ...(script.hidesCounts ? {} : { request_counts: { total: job.lines.length, completed, failed } }),
      };
    },
    list: (data) => ({ object: 'list', data, has_more: false }),
    results(job, script, kind) {
      const rows = resultsOf(job, script).filter(({ result }) => isReply(result) === (kind === 'output'));
      return {
        headers: { 'content-type': 'application/jsonl' },
        body: rows.map(({ line, result }) => `${lineOf(line, result)}\n`).join(''),
      };
    },
  };
  return dialect;
}

const isReply = (result: LineResult) =>
  result === 'twice' || (typeof result === 'object' && 'reply' in result);
