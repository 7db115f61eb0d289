import {
  jsonAround,
  jsonCall,
  timeOf,
  type BatchOutcome,
  type BatchProtocol,
  type RemoteBatch,
} from '../batches/protocol.ts';
import { percentEncode } from '../shared/percent-encode.ts';
import { arr, isObject, num, obj, str } from '../shared/read.ts';

const root = '/messages/batches';
const pageSize = 100;
const mega = 1024 * 1024;

function outcomeOf(json: unknown): BatchOutcome {
  const { type, message, error } = obj(json);
  if (type === 'succeeded') return { kind: 'reply', json: message };
  if (type === 'expired') return { kind: 'not_run', reason: 'expired' };
  if (type === 'canceled') return { kind: 'not_run', reason: 'cancelled' };
  const words = str(obj(obj(error)['error'])['message']) ?? str(obj(error)['message']);
  return {
    kind: 'refused',
    status: null,
    json: error,
    message: words ?? `the provider reports "${String(type)}"`,
  };
}

function batchOf(json: unknown): RemoteBatch | null {
  if (!isObject(json)) return null;
  const { id, processing_status: status } = json;
  if (typeof id !== 'string' || typeof status !== 'string') return null;
  const counts = obj(json['request_counts']);
  const ended = status === 'ended';
  return {
    id,
    state: ended ? 'ended' : 'running',
    status,
    reference: null,
    completed: num(counts['succeeded']) ?? null,
    failed: num(counts['errored']) ?? null,
    createdAt: timeOf(json['created_at']),
    expiresAt: timeOf(json['expires_at']),
    message: null,
    // `results_url` is the same address, and the key must not be sent to any other.
    results: ended ? [{ method: 'GET', path: `${root}/${percentEncode(id)}/results` }] : [],
  };
}

/**
 * Anthropic's Message Batches: the call that creates the batch contains the requests, and the results are
 * JSON lines in any order. 100,000 requests or 256 MB, half the price, done or expired within 24 hours;
 * refused, cancelled and expired requests are not billed. A batch cannot carry our own id. Source:
 * platform.claude.com/docs/en/build-with-claude/batch-processing and
 * platform.claude.com/docs/en/api/messages/batches.
 */
export const anthropicBatches: BatchProtocol = {
  limits: { requests: 100_000, bytes: 256 * mega },
  priceFactor: 0.5,
  requestOverhead: 80,
  create: ({ requests }) => {
    const all = requests.map(({ id, body }) => jsonAround({ custom_id: id }, 'params', body));
    return jsonCall(root, `{"requests":[${all.join(',')}]}`);
  },
  get: (id) => ({ method: 'GET', path: `${root}/${percentEncode(id)}` }),
  cancel: (id) => jsonCall(`${root}/${percentEncode(id)}/cancel`),
  batchOf,
  list: {
    call: (after) => ({
      method: 'GET',
      path: root,
      query: { limit: String(pageSize), ...(after === null ? {} : { after_id: after }) },
    }),
    batchesOf(json) {
      const batches = arr(obj(json)['data']).flatMap((entry) => batchOf(entry) ?? []);
      const more = obj(json)['has_more'] === true;
      return { batches, next: more ? (str(obj(json)['last_id']) ?? batches.at(-1)?.id ?? null) : null };
    },
  },
  resultFormat: 'lines',
  resultsOf(json) {
    const id = str(obj(json)['custom_id']);
    return id === undefined ? [] : [{ id, outcome: outcomeOf(obj(json)['result']) }];
  },
};
