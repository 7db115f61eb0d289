import type { JsonObject } from '../define.ts';
import { obj } from '../shared/read.ts';
import { schemaToolName } from '../shared/schema-tool.ts';

/** Used if the schema's root is not allowed in a tool's input: the reply is then under `value`. */
export const wrappedToolName = `${schemaToolName}_value`;

/** Whether a tool with this name carries the reply's text. */
export function isSchemaTool(name: unknown): boolean {
  return name === schemaToolName || name === wrappedToolName;
}

/** The reply's JSON, from the schema tool's input. */
export function replyText(name: unknown, input: unknown): string {
  const wrapped = name === wrappedToolName && Object.hasOwn(obj(input), 'value');
  return JSON.stringify(wrapped ? obj(input).value : (input ?? {}));
}

/**
 * A tool's input must be an object without a combinator at its root; any other schema is wrapped under
 * `value`. Its definitions stay at the root, so that `#/$defs/…` still resolves.
 */
export function toolForSchema(schema: JsonObject): { name: string; inputSchema: JsonObject } {
  if (isToolInput(schema)) return { name: schemaToolName, inputSchema: schema };
  const { $defs, definitions, ...value } = schema;
  const inputSchema = {
    type: 'object',
    properties: { value },
    required: ['value'],
    ...($defs === undefined ? {} : { $defs }),
    ...(definitions === undefined ? {} : { definitions }),
  };
  return { name: wrappedToolName, inputSchema };
}

function isToolInput(schema: JsonObject): boolean {
  return schema.type === 'object' && !['anyOf', 'oneOf', 'allOf'].some((key) => key in schema);
}
