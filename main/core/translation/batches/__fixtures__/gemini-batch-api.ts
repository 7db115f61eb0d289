import { askedLines, replyText } from '../../__fixtures__/line-upstream.ts';
import {
  resultsOf,
  type BatchDialect,
  type BatchedLine,
  type LineResult,
  type RemoteJob,
} from './batch-upstream.ts';

interface Content {
  parts: { text: string }[];
}

/** Gemini's reply to a request of a batch. */
export function geminiAnswer({ body }: BatchedLine): { reply: unknown } {
  const contents = body['contents'] as Content[];
  const content =
    contents
      .at(-1)
      ?.parts.map(({ text }) => text)
      .join('') ?? '';
  const text = replyText(askedLines({ json: () => ({ messages: [{ role: 'user', content }] }) }));
  const [promptTokenCount, candidatesTokenCount] = [100, Math.ceil(text.length / 4) + 1];
  return {
    reply: {
      candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP', index: 0 }],
      usageMetadata: {
        promptTokenCount,
        candidatesTokenCount,
        totalTokenCount: promptTokenCount + candidatesTokenCount,
      },
    },
  };
}

function responseOf(line: BatchedLine, result: LineResult): unknown {
  const metadata = { key: line.id };
  const value = result === 'twice' ? geminiAnswer(line) : result;
  if (typeof value === 'object' && 'reply' in value) return { metadata, response: value.reply };
  const message = typeof value === 'object' ? value.refuse.message : value;
  return { metadata, error: { code: 3, message, status: 'INVALID_ARGUMENT' } };
}

const isReply = (result: LineResult) =>
  result === 'twice' || (typeof result === 'object' && 'reply' in result);

/** Gemini's batch mode, according to ai.google.dev/api/batch-api. */
export function geminiBatchApi(): BatchDialect {
  const dialect: BatchDialect = {
    route({ method, path: full, headers }) {
      const [path = ''] = full.replace(/^\/v1beta/, '').split('?');
      if (!headers['x-goog-api-key']) return undefined;
      if (/^\/models\/[^/]+:batchGenerateContent$/.test(path)) return { step: 'create', id: path };
      const [, id, verb] = /^\/batches\/([^:/]+)(:cancel)?$/.exec(path) ?? [];
      if (id !== undefined && method === 'POST' && verb) return { step: 'cancel', id };
      if (id !== undefined && method === 'GET') return { step: 'get', id };
      return path === '/batches' ? { step: 'list', id: '' } : undefined;
    },
    create(request, id) {
      const { batch } = request.json() as {
        batch: {
          displayName: string;
          inputConfig: {
            requests: { requests: { request: Record<string, unknown>; metadata: { key: string } }[] };
          };
        };
      };
      const lines = batch.inputConfig.requests.requests.map(({ request: body, metadata }) => ({
        id: metadata.key,
        body,
      }));
      const [, model = ''] = /models\/([^:]+):/.exec(request.path) ?? [];
      const reference = batch.displayName;
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
      const state = !ended
        ? 'RUNNING'
        : job.cancelled
          ? 'CANCELLED'
          : script.endsAs === 'expired'
            ? 'EXPIRED'
            : 'SUCCEEDED';
      const succeeded = results.filter(({ result }) => isReply(result)).length;
      const hasResults = ended && state === 'SUCCEEDED';
      return {
        name: `batches/${job.id}`,
        metadata: {
          '@type': 'type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch',
          model: `models/${job.model}`,
          displayName: job.reference,
          state: `BATCH_STATE_${state}`,
          createTime: new Date(job.createdAt).toISOString(),
          batchStats: {
            requestCount: String(job.lines.length),
            ...(hasResults
              ? {
                  successfulRequestCount: String(succeeded),
                  failedRequestCount: String(results.length - succeeded),
                }
              : {}),
          },
        },
        ...(hasResults
          ? {
              done: true,
              response: {
                inlinedResponses: {
                  inlinedResponses: results.map(({ line, result }) => responseOf(line, result)),
                },
              },
            }
          : {}),
      };
    },
    list: (operations) => ({ operations }),
    results: () => ({ status: 404, body: { error: { message: 'results are in the batch' } } }),
  };
  return dialect;
}
