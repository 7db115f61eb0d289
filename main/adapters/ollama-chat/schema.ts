import type { JsonObject, NeutralChat, Target } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { schemaInstruction } from '../shared/schema-in-prompt.ts';
import { bookSchema, schemaRequest } from '../shared/schema-request.ts';

/**
 * Structured output in `format`: an unchanged JSON Schema, or "json". Returns the text for the system message
 * if the target says that the model does not support schemas. Ollama cannot force a tool, so `tool` sends a
 * schema too. Source: https://docs.ollama.com/capabilities/structured-outputs
 */
export function putSchema(
  chat: NeutralChat,
  target: Target,
  body: JsonObject,
  report: ParameterReport,
): string | undefined {
  const asked = schemaRequest(chat, report);
  if (!asked || asked.kind === 'other') return undefined;
  report.drop(
    'format',
    reason(
      'overridden_by',
      { param: asked.param },
      `${asked.param} is set too, and wins: leave that away to use this`,
    ),
  );
  bookSchema(asked, report);
  const form = reason('own_form', { api: 'Ollama' }, "Ollama's form of it");
  if (asked.kind === 'json') {
    body.format = 'json';
    report.rewrite('/format', asked.format, 'json', form);
    return undefined;
  }
  const mode = target.structuredOutput ?? 'json_schema';
  if (mode === 'prompt') return schemaInstruction(asked.schema);
  if (mode === 'json_object') {
    body.format = 'json';
    report.rewrite(
      '/format',
      asked.format,
      'json',
      reason('json_without_schema', {}, 'JSON without a schema, since structured_output says so'),
    );
    return schemaInstruction(asked.schema);
  }
  body.format = asked.schema;
  if (mode === 'tool') {
    report.rewrite(
      '/format',
      null,
      asked.schema,
      reason('schema_in_format', {}, 'Ollama cannot force a tool: the schema goes into `format` instead'),
    );
  } else if (asked.format) report.rewrite('/format', asked.format, asked.schema, form);
  return undefined;
}
