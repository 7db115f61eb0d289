import type { JsonObject } from '../define.ts';

/** Any JSON. */
export const anyJson: JsonObject = { type: 'json_object' };

/**
 * JSON with this schema, in the neutral (OpenAI) format. OpenAI requires a name, other protocols have none.
 */
export function schemaFormat(
  schema: JsonObject,
  more: { name?: string; strict?: boolean; description?: string } = {},
): JsonObject {
  const { name = 'reply', ...rest } = more;
  return { type: 'json_schema', json_schema: { name, schema, ...rest } };
}
