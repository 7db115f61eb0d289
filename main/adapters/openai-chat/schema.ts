import type { StructuredOutput } from '../../../contract/provider.ts';
import type { JsonObject } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { schemaInstruction } from '../shared/schema-in-prompt.ts';
import { bookSchema, type SchemaRequest } from '../shared/schema-request.ts';
import type { Dialect } from './dialect.ts';
import { schemaAsTool } from './schema-as-tool.ts';
import { fitsStrictMode } from './strict-schema.ts';

/** What structured output adds to a request; the instruction goes into the system text. */
export interface SchemaFields {
  fields: JsonObject;
  instruction?: string;
}

type Asked = Extract<SchemaRequest, { kind: 'schema' }>;

/** Adds structured output in the form that this model takes, and reports it. */
export function schemaFields(
  asked: SchemaRequest,
  mode: StructuredOutput,
  dialect: Dialect,
  report: ParameterReport,
): SchemaFields {
  bookSchema(asked, report);
  if (asked.kind === 'other') return { fields: { response_format: asked.format } };
  if (asked.kind === 'json') return anyJson(asked.format, mode, dialect, report);
  if (mode === 'tool') return { fields: schemaAsTool(asked, dialect, report) };
  if (mode === 'json_schema') return { fields: { response_format: schemaFormat(asked, report) } };
  const instruction = schemaInstruction(asked.schema);
  const format = mode === 'json_object' ? jsonObjectFormat(dialect) : undefined;
  if (asked.format || format) {
    const text = `this model takes no JSON Schema (structured_output: "${mode}"): the schema went into the system text`;
    const why = reason('schema_in_system_text', { mode }, text);
    report.rewrite('/response_format', asked.format, format ?? null, why);
  }
  return { fields: format ? { response_format: format } : {}, instruction };
}

function anyJson(
  format: JsonObject,
  mode: StructuredOutput,
  dialect: Dialect,
  report: ParameterReport,
): SchemaFields {
  if (mode === 'prompt') {
    report.rewrite(
      '/response_format',
      format,
      null,
      reason('json_in_system_text', {}, 'this model takes none: it is asked for JSON in the system text'),
    );
    return { fields: {}, instruction: schemaInstruction() };
  }
  if (dialect.jsonObject) return { fields: { response_format: format } };
  const to = jsonObjectFormat(dialect);
  report.rewrite(
    '/response_format',
    format,
    to,
    reason('any_object_schema', {}, 'this server takes json_schema or text only: a schema for any object'),
  );
  return { fields: { response_format: to } };
}

function jsonObjectFormat(dialect: Dialect): JsonObject {
  if (dialect.jsonObject) return { type: 'json_object' };
  return { type: 'json_schema', json_schema: { name: 'reply', schema: { type: 'object' } } };
}

/**
 * A caller's own response_format stays unchanged; a schema gets `strict` only if it follows strict mode's
 * rules.
 */
function schemaFormat(asked: Asked, report: ParameterReport): JsonObject {
  if (asked.format) return asked.format;
  const name = wireName(asked.name);
  if (name !== asked.name) {
    const why = reason('schema_name', {}, 'a schema name is letters, digits, "_" and "-", 64 at most');
    report.rewrite('/response_format/json_schema/name', asked.name, name, why);
  }
  return {
    type: 'json_schema',
    json_schema: { name, strict: fitsStrictMode(asked.schema), schema: asked.schema },
  };
}

function wireName(name: string): string {
  return name.replace(/[^\w-]/g, '_').slice(0, 64) || 'reply';
}
