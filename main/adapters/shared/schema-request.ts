import type { NeutralChat, JsonObject } from '../define.ts';
import type { ParameterReport } from './params.ts';
import { reason } from './reason.ts';
import { isObject, obj, str } from './read.ts';

/** The requested structured output, and the parameter name to report as applied. */
export type SchemaRequest =
  | {
      kind: 'schema';
      param: 'schema' | 'response_format';
      name: string;
      schema: JsonObject;
      format?: JsonObject;
    }
  | { kind: 'json'; param: 'response_format'; format: JsonObject }
  | { kind: 'other'; param: 'response_format'; format: unknown };

/**
 * The schema of a chat: `chat.schema`, else `params.response_format` (`json_schema` and `json_object`; any
 * other is `other`: plain text, or a provider's own format). If both are set, `response_format` is reported
 * as dropped. Nothing else is reported here: the protocol calls `bookSchema`, or drops `response_format`
 * itself.
 */
export function schemaRequest(chat: NeutralChat, report: ParameterReport): SchemaRequest | null {
  if (chat.schema) {
    report.drop(
      'response_format',
      reason('schema_set', {}, 'a schema is set too, and wins: turn it off with `schema: null` to use this'),
    );
    return { kind: 'schema', param: 'schema', name: chat.schema.name, schema: chat.schema.schema };
  }
  const format = report.peek('response_format');
  if (format === undefined) return null;
  if (!isObject(format)) return { kind: 'other', param: 'response_format', format };
  if (format.type === 'json_object') return { kind: 'json', param: 'response_format', format };
  const asked = obj(format.json_schema);
  if (format.type !== 'json_schema' || !isObject(asked.schema)) {
    return { kind: 'other', param: 'response_format', format };
  }
  return {
    kind: 'schema',
    param: 'response_format',
    name: str(asked.name) ?? 'reply',
    schema: asked.schema,
    format,
  };
}

/** Reports the request as applied, whichever parameter it came from. */
export function bookSchema(request: SchemaRequest, report: ParameterReport): void {
  if (request.param === 'schema') report.apply('schema');
  else report.take('response_format');
}
