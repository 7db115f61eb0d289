import {
  jsonAround,
  jsonCall,
  timeOf,
  type BatchInput,
  type BatchOutcome,
  type BatchProtocol,
  type BatchResult,
  type RemoteBatch,
} from '../batches/protocol.ts';
import { percentEncode } from '../shared/percent-encode.ts';
import { arr, isObject, num, obj, str } from '../shared/read.ts';

/** The key for our id in a batch's metadata. */
const referenceName = 'comfyvn_batch';
const pageSize = 100;
const mega = 1024 * 1024;

const states: Readonly<Record<string, RemoteBatch['state']>> = {
  validating: 'running',
  in_progress: 'running',
  finalizing: 'running',
  cancelling: 'running',
  completed: 'ended',
  expired: 'ended',
  cancelled: 'ended',
  failed: 'failed',
};

/** The file of a batch: one JSON line per request, with the planner's bytes unchanged. */
function linesOf(input: BatchInput, url: string): string {
  return input.requests
    .map(({ id, body }) => `${jsonAround({ custom_id: id, method: 'POST', url }, 'body', body)}\n`)
    .join('');
}

/** Source: RFC 7578. */
function fileUpload(input: BatchInput, url: string): { body: Buffer; contentType: string } {
  const boundary = `comfyvn-${input.reference}`;
  const part = (disposition: string, type: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n${type}\r\n`;
  const body = Buffer.concat([
    Buffer.from(`${part('name="purpose"', '')}batch\r\n`),
    Buffer.from(
      part(`name="file"; filename="${input.reference}.jsonl"`, 'content-type: application/octet-stream\r\n'),
    ),
    Buffer.from(linesOf(input, url)),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}

function outcomeOf(response: unknown, error: unknown): BatchOutcome {
  const { code, message } = obj(error);
  if (code === 'batch_expired') return { kind: 'not_run', reason: 'expired' };
  if (code === 'batch_cancelled') return { kind: 'not_run', reason: 'cancelled' };
  const status = num(obj(response)['status_code']) ?? null;
  const json = obj(response)['body'];
  if (status !== null && status >= 200 && status < 300) return { kind: 'reply', json };
  const words = str(message) ?? str(obj(obj(json)['error'])['message']);
  return { kind: 'refused', status, json, message: words ?? `the provider answered ${status ?? 'nothing'}` };
}

function resultsOf(json: unknown): BatchResult[] {
  const { custom_id, response, error } = obj(json);
  const id = str(custom_id);
  return id === undefined ? [] : [{ id, outcome: outcomeOf(response, error) }];
}

/** Differences between services with OpenAI's batch API. */
export interface OpenAiBatchDialect {
  /** Prefix of `/files` and `/batches`. */
  root: string;
  /** The endpoint that each line and the batch name. */
  endpoint: string;
  problem?: BatchProtocol['problem'];
}

/**
 * OpenAI's batch API: upload a file of JSON lines, then create a batch from it; there are output and error
 * files when it has ended. 50,000 requests or 200 MB per file, half the price, done or expired within 24
 * hours; completed requests of an expired or cancelled batch are billed and in the output file. Source:
 * developers.openai.com/api/docs/guides/batch and developers.openai.com/api/reference/resources/batches.
 */
export function openAiBatchProtocol({ root, endpoint, problem }: OpenAiBatchDialect): BatchProtocol {
  const content = (file: unknown) =>
    typeof file === 'string' && file !== ''
      ? [{ method: 'GET' as const, path: `${root}/files/${percentEncode(file)}/content` }]
      : [];

  function batchOf(json: unknown): RemoteBatch | null {
    if (!isObject(json)) return null;
    const { id, status } = json;
    const state = typeof status === 'string' ? states[status] : undefined;
    if (typeof id !== 'string' || typeof status !== 'string') return null;
    const counts = obj(json['request_counts']);
    const problems = arr(obj(json['errors'])['data']).flatMap((entry) => str(obj(entry)['message']) ?? []);
    return {
      id,
      // An unknown, newer state counts as running.
      state: state ?? 'running',
      status,
      reference: str(obj(json['metadata'])[referenceName]) ?? null,
      completed: num(counts['completed']) ?? null,
      failed: num(counts['failed']) ?? null,
      createdAt: timeOf(json['created_at']),
      expiresAt: timeOf(json['expires_at']),
      message: problems.length ? problems.join('; ') : null,
      results: [...content(json['output_file_id']), ...content(json['error_file_id'])],
    };
  }

  return {
    limits: { requests: 50_000, bytes: 200 * mega },
    priceFactor: 0.5,
    ...(problem ? { problem } : {}),
    requestOverhead: 160,
    upload: {
      call: (input) => ({ method: 'POST', path: `${root}/files`, ...fileUpload(input, endpoint) }),
      fileOf: (json) => str(obj(json)['id']) ?? null,
      check: (file) => ({ method: 'GET', path: `${root}/files/${percentEncode(file)}` }),
      // Azure imports a file before it can be used; OpenAI's own field is deprecated and says "uploaded" or
      // "processed".
      isReady: (json) => !['pending', 'running', 'notRunning'].includes(str(obj(json)['status']) ?? ''),
    },
    create: ({ reference }, file) =>
      jsonCall(
        `${root}/batches`,
        JSON.stringify({
          input_file_id: file,
          endpoint,
          completion_window: '24h',
          metadata: { [referenceName]: reference },
        }),
      ),
    get: (id) => ({ method: 'GET', path: `${root}/batches/${percentEncode(id)}` }),
    cancel: (id) => jsonCall(`${root}/batches/${percentEncode(id)}/cancel`),
    batchOf,
    list: {
      call: (after) => ({
        method: 'GET',
        path: `${root}/batches`,
        query: { limit: String(pageSize), ...(after === null ? {} : { after }) },
      }),
      batchesOf(json) {
        const batches = arr(obj(json)['data']).flatMap((entry) => batchOf(entry) ?? []);
        const more = obj(json)['has_more'] === true;
        return { batches, next: more ? (batches.at(-1)?.id ?? null) : null };
      },
    },
    resultFormat: 'lines',
    resultsOf,
  };
}

export const openAiBatches = openAiBatchProtocol({ root: '', endpoint: '/v1/chat/completions' });
