import type { CallableModel } from '../../../contract/operations/openai.ts';
import type { JsonObject } from '../define.ts';
import { ProtocolError } from '../protocol-error.ts';

type Query = Readonly<Record<string, string | undefined>>;

const defaultLimit = 20;
const maxLimit = 1000;

/** One model. For an unknown release date Anthropic uses the epoch. */
export function modelBody({ id, label, context, maxOutput }: CallableModel): JsonObject {
  return {
    type: 'model',
    id,
    display_name: label,
    created_at: '1970-01-01T00:00:00Z',
    max_input_tokens: context,
    max_tokens: maxOutput,
    lifecycle: 'active',
    deprecated_at: null,
    retires_at: null,
    line: null,
    capabilities: null,
  };
}

function limitOf({ limit }: Query): number {
  if (limit === undefined) return defaultLimit;
  const count = Number(limit);
  if (/^\d+$/.test(limit) && count >= 1 && count <= maxLimit) return count;
  throw new ProtocolError('invalid_request', 'limit', `limit: has to be a number from 1 to ${maxLimit}`);
}

function indexOf(models: readonly CallableModel[], cursor: string, name: string): number {
  const index = models.findIndex(({ id }) => id === cursor);
  if (index >= 0) return index;
  throw new ProtocolError(
    'invalid_request',
    name,
    `${name}: the list has no model "${cursor.slice(0, 100)}"`,
  );
}

/**
 * `GET /v1/models` in pages, by `limit`, `after_id` and `before_id`. Source:
 * platform.claude.com/docs/en/api/models-list
 * @throws ProtocolError for a limit out of range or an unknown id
 */
export function modelsBody(models: readonly CallableModel[], query: Query): JsonObject {
  const limit = limitOf(query);
  const { after_id: after, before_id: before } = query;
  if (after !== undefined && before !== undefined)
    throw new ProtocolError(
      'invalid_request',
      'before_id',
      'before_id: leave it out where after_id is given',
    );
  const end = before === undefined ? models.length : indexOf(models, before, 'before_id');
  const start = after === undefined ? 0 : indexOf(models, after, 'after_id') + 1;
  const first = before === undefined ? start : Math.max(0, end - limit);
  const page = models.slice(first, Math.min(end, first + limit));
  return {
    data: page.map(modelBody),
    // In the direction of paging.
    has_more: before === undefined ? first + page.length < models.length : first > 0,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  };
}
