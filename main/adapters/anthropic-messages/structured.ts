import type { StructuredOutput } from '../../../contract/provider.ts';
import type { Reason } from '../../../contract/reasons.ts';
import type { JsonObject } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { isObject, obj } from '../shared/read.ts';
import { schemaInstruction } from '../shared/schema-in-prompt.ts';
import { bookSchema, type SchemaRequest } from '../shared/schema-request.ts';
import { schemaAsTool } from './schema-as-tool.ts';
import type { Instruction } from './system.ts';
import type { ProviderTools } from './tools.ts';
import { fitSchema } from './fit-schema.ts';
import { isRecursive } from './schema-recursion.ts';

const path = '/output_config/format/schema';

/**
 * Builds `output_config.format` for a schema and reports its edits. If the protocol's subset of JSON Schema
 * cannot express it, returns the reason and reports nothing. Source:
 * https://platform.claude.com/docs/en/build-with-claude/structured-outputs
 */
function outputFormat(
  schema: JsonObject,
  report: ParameterReport,
): { ok: true; format: JsonObject } | { ok: false; why: Reason } {
  if (isRecursive(schema)) {
    const why = reason('schema_is_recursive', {}, 'output_config.format takes no recursive schema');
    return { ok: false, why };
  }
  const fitted = fitSchema(schema, path);
  if (fitted.blocker) return { ok: false, why: fitted.blocker };
  for (const edit of fitted.edits) report.rewrite(edit.path, edit.from, edit.to, edit.why);
  return { ok: true, format: { type: 'json_schema', schema: fitted.schema } };
}

/** The request so far, and how its model takes a schema. */
export interface Draft {
  mode: StructuredOutput;
  fields: JsonObject;
  tools: ProviderTools;
}

/** The parts of a request that structured output changes. */
export interface Structured {
  fields: JsonObject;
  tools: ProviderTools;
  instruction?: Instruction;
}

/** Adds structured output in the form that the model takes, and reports it. */
export function structured(asked: SchemaRequest | null, draft: Draft, report: ParameterReport): Structured {
  const { mode, fields, tools } = draft;
  if (asked === null || asked.kind === 'other') return { fields, tools };
  bookSchema(asked, report);
  if (asked.kind === 'json') {
    const why = reason(
      'json_in_system_text',
      {},
      'this protocol has no JSON mode without a schema: the system text asks for it',
    );
    return { fields, tools, instruction: { text: schemaInstruction(), why } };
  }
  if (mode === 'json_schema') {
    const format = outputFormat(asked.schema, report);
    if (format.ok) return { fields: withFormat(fields, asked, format.format, report), tools };
    return { fields, ...schemaAsTool(asked.schema, tools, { forced: false, why: format.why }, report) };
  }
  if (mode === 'tool') {
    // The API's message: "Thinking may not be enabled when tool_choice forces tool use."
    const thinks = isObject(fields.thinking) && fields.thinking.type !== 'disabled';
    const why = thinks
      ? reason('schema_tool_while_thinking', {}, 'no tool can be forced while the model thinks')
      : reason('schema_as_tool', {}, 'this model takes a schema as a tool');
    return { fields, ...schemaAsTool(asked.schema, tools, { forced: !thinks, why }, report) };
  }
  const text = `structured_output is "${mode}" for this model: the schema went into the system text`;
  const why = reason('schema_in_system_text', { mode }, text);
  return { fields, tools, instruction: { text: schemaInstruction(asked.schema), why } };
}

function withFormat(
  fields: JsonObject,
  asked: Extract<SchemaRequest, { kind: 'schema' }>,
  format: JsonObject,
  report: ParameterReport,
): JsonObject {
  const config = fields.output_config ?? {};
  const own = obj(config);
  const from = isObject(config) ? (own.format ?? { [asked.param]: asked.name }) : config;
  report.rewrite(
    '/output_config/format/type',
    from,
    'json_schema',
    reason('schema_place', {}, 'a schema’s place in this protocol, without a name'),
  );
  return { ...fields, output_config: { ...own, format } };
}
