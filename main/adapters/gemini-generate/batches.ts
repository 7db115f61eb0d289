import {
  jsonAround,
  jsonCall,
  timeOf,
  type BatchOutcome,
  type BatchProtocol,
  type RemoteBatch,
} from '../batches/protocol.ts';
import { percentEncode } from '../shared/percent-encode.ts';
import { arr, isObject, obj, str } from '../shared/read.ts';

const pageSize = 100;
const mega = 1024 * 1024;

/** `BATCH_STATE_…` in the API's reference, `JOB_STATE_…` in its guide. */
const stateOf = (word: string): RemoteBatch['state'] => {
  if (/_(SUCCEEDED|CANCELLED|EXPIRED)$/.test(word)) return 'ended';
  return word.endsWith('_FAILED') ? 'failed' : 'running';
};

/** `batches/…` as a path; any other name becomes one path segment. */
const pathOf = (name: string) => `/batches/${percentEncode(name.replace(/^batches\//, ''))}`;

/** An int64 is a string in this API's JSON. */
function countIn(value: unknown): number | null {
  const count = typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;
  return Number.isFinite(count) ? count : null;
}

function batchOf(json: unknown): RemoteBatch | null {
  if (!isObject(json)) return null;
  const about = isObject(json['metadata']) ? json['metadata'] : json;
  const name = str(json['name']) ?? str(about['name']);
  const state = str(about['state']);
  if (name === undefined || state === undefined) return null;
  const stats = obj(about['batchStats']);
  const ended = stateOf(state) !== 'running';
  return {
    id: name,
    state: stateOf(state),
    status: state,
    reference: str(about['displayName']) ?? null,
    // This API's JSON omits zeros.
    completed: ended ? countIn(stats['successfulRequestCount'] ?? 0) : null,
    failed: ended ? countIn(stats['failedRequestCount'] ?? 0) : null,
    createdAt: timeOf(about['createTime']),
    expiresAt: null,
    message: str(obj(json['error'])['message']) ?? null,
    results: stateOf(state) === 'ended' ? [{ method: 'GET', path: pathOf(name) }] : [],
  };
}

function outcomeOf({ response, error }: Record<string, unknown>): BatchOutcome {
  if (isObject(response)) return { kind: 'reply', json: response };
  const message = str(obj(error)['message']) ?? 'the provider gives neither a response nor an error';
  return { kind: 'refused', status: null, json: { error }, message };
}

/** The list is in the operation's response or in the batch's output, where it is nested in its own field. */
function inlined(json: unknown): unknown[] {
  const about = obj(obj(json)['metadata']);
  for (const from of [obj(obj(json)['response']), obj(about['output']), obj(obj(json)['output'])]) {
    const found = from['inlinedResponses'];
    const list = Array.isArray(found) ? found : obj(found)['inlinedResponses'];
    if (Array.isArray(list)) return list;
  }
  return [];
}

/**
 * Gemini's batch mode with the requests in the call: 20 MB, half the price, 24 hours intended, expired after
 * 48. Responses are matched by the key sent with their requests, never by position. Cancelled and expired
 * batches return nothing. Source: ai.google.dev/gemini-api/docs/batch-api and ai.google.dev/api/batch-api.
 */
export const geminiBatches: BatchProtocol = {
  limits: { requests: 50_000, bytes: 20 * mega - 4096 },
  priceFactor: 0.5,
  requestOverhead: 100,
  create: ({ reference, model, requests }) => {
    const all = requests.map(({ id, body }) => jsonAround({ metadata: { key: id } }, 'request', body));
    const list = `{"requests":{"requests":[${all.join(',')}]}}`;
    const batch = jsonAround({ displayName: reference }, 'inputConfig', list);
    return jsonCall(
      `/models/${percentEncode(model.replace(/^models\//, ''))}:batchGenerateContent`,
      `{"batch":${batch}}`,
    );
  },
  get: (id) => ({ method: 'GET', path: pathOf(id) }),
  cancel: (id) => jsonCall(`${pathOf(id)}:cancel`),
  batchOf,
  list: {
    call: (after) => ({
      method: 'GET',
      path: '/batches',
      query: { pageSize: String(pageSize), ...(after === null ? {} : { pageToken: after }) },
    }),
    batchesOf(json) {
      const { operations, nextPageToken } = obj(json);
      return {
        batches: arr(operations).flatMap((entry) => batchOf(entry) ?? []),
        next: str(nextPageToken) || null,
      };
    },
  },
  resultFormat: 'document',
  resultsOf: (json) =>
    inlined(json).flatMap((entry) => {
      const id = str(obj(obj(entry)['metadata'])['key']);
      return id === undefined ? [] : [{ id, outcome: outcomeOf(obj(entry)) }];
    }),
};
