import type { StructuredOutput } from '../../../contract/provider.ts';
import type { JsonObject } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
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
): { ok: true; format: JsonObject } | { ok: false; why: string } {
  if (isRecursive(schema)) return { ok: false, why: 'output_config.format takes no recursive schema' };
  const fitted = fitSchema(schema, path);
  if (fitted.blocker !== undefined)
    return { ok: false, why: `output_config.format cannot say it: ${fitted.blocker}` };
  for (const edit of fitted.edits) report.rewrite(edit.path, edit.from, edit.to, edit.reason);
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
    const reason = 'this protocol has no JSON mode without a schema: the system text asks for it';
    return { fields, tools, instruction: { text: schemaInstruction(), reason } };
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
      ? 'no tool can be forced while the model thinks'
      : 'this model takes a schema as a tool';
    return { fields, ...schemaAsTool(asked.schema, tools, { forced: !thinks, why }, report) };
  }
  const reason = `structured_output is "${mode}" for this model: the schema went into the system text`;
  return { fields, tools, instruction: { text: schemaInstruction(asked.schema), reason } };
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
    'a schema’s place in this protocol, without a name',
  );
  return { ...fields, output_config: { ...own, format } };
}
