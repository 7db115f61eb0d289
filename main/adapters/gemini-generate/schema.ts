import type { Reason } from '../../../contract/reasons.ts';
import type { JsonObject, NeutralChat, Target } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { isObject } from '../shared/read.ts';
import { schemaInstruction } from '../shared/schema-in-prompt.ts';
import { bookSchema, schemaRequest, type SchemaRequest } from '../shared/schema-request.ts';
import { schemaToolDescription, schemaToolName } from '../shared/schema-tool.ts';
import type { Tool } from '../shared/tools.ts';
import { toOpenApiSchema } from './openapi-schema.ts';
import { camelCase } from './param-places.ts';
import { put } from './params.ts';

const api = 'Gemini';
const json = 'application/json';
const besideSchema = reason('type_beside_schema', { api }, 'Gemini asks for it beside a schema');

/** What a schema needs besides its place in `generationConfig`: a system text, or a function to force. */
export interface SchemaPlan {
  instruction?: string;
  tool?: Tool;
}

/** `settings.schema_field`: Gemini's own subset of OpenAPI, for servers that do not accept JSON Schema. */
export function takesOpenApi(target: Target): boolean {
  return target.settings.schema_field === 'responseSchema';
}

/**
 * Adds structured output. `responseJsonSchema` accepts JSON Schema and ignores unknown keywords, so nothing
 * is edited; every model served since November 2025 supports it. `responseSchema` refuses unknown keywords.
 * Sources: https://ai.google.dev/gemini-api/docs/structured-output,
 * https://blog.google/technology/developers/gemini-api-structured-outputs
 */
export function putSchema(
  chat: NeutralChat,
  target: Target,
  body: JsonObject,
  report: ParameterReport,
): SchemaPlan {
  const asked = schemaRequest(chat, report);
  if (!asked || asked.kind === 'other') return {};
  const mode = asked.kind === 'json' ? 'json_object' : (target.structuredOutput ?? 'json_schema');
  dropNative(asked, mode === 'tool', report);
  bookSchema(asked, report);
  if (asked.kind === 'schema' && mode === 'tool') return { tool: schemaTool(asked) };
  if (mode === 'prompt') return { instruction: schemaInstruction(schemaOf(asked)) };
  if (mode === 'json_object') {
    const why =
      asked.kind === 'json'
        ? reason('own_form', { api }, "Gemini's form of it")
        : reason('json_without_schema', {}, 'JSON without a schema, since structured_output says so');
    setMimeType(body, asked.kind === 'json' ? asked.format : null, why, report);
    return asked.kind === 'json' ? {} : { instruction: schemaInstruction(asked.schema) };
  }
  const schema = schemaOf(asked) ?? {};
  if (takesOpenApi(target)) {
    const path = ['generationConfig', 'responseSchema'];
    put(body, path, toOpenApiSchema(schema, path, report), report);
  } else {
    put(body, ['generationConfig', 'responseJsonSchema'], schema, report);
  }
  setMimeType(body, null, besideSchema, report);
  return {};
}

function schemaOf(asked: SchemaRequest): JsonObject | undefined {
  return asked.kind === 'schema' ? asked.schema : undefined;
}

/**
 * A caller's own `response_mime_type: "application/json"` means the same; another type, or a schema,
 * conflicts.
 */
function dropNative(asked: SchemaRequest, asTool: boolean, report: ParameterReport): void {
  for (const name of report.names()) {
    const own = camelCase(name);
    if (own === 'responseSchema' || own === 'responseJsonSchema') {
      const text = `${asked.param} is set too, and wins: leave that away to use this`;
      report.drop(name, reason('overridden_by', { param: asked.param }, text));
    }
    if (own === 'responseMimeType' && (asTool || report.peek(name) !== json)) {
      const text = `${asked.param} is set too, and the reply has to be JSON${asTool ? ' from a function call' : ''}`;
      report.drop(name, reason('reply_must_be_json', { param: asked.param, as_tool: asTool }, text));
    }
  }
}

function setMimeType(body: JsonObject, from: unknown, why: Reason, report: ParameterReport): void {
  if (report.names().some((name) => camelCase(name) === 'responseMimeType')) return;
  report.rewrite('/generationConfig/responseMimeType', from, json, why);
  put(body, ['generationConfig', 'responseMimeType'], json, report);
}

/** Adds the type that a native schema needs: Gemini refuses a schema together with plain text. */
export function completeMimeType(body: JsonObject, report: ParameterReport): void {
  const config = body.generationConfig;
  if (!isObject(config) || config.responseMimeType !== undefined) return;
  if (config.responseSchema === undefined && config.responseJsonSchema === undefined) return;
  setMimeType(body, null, besideSchema, report);
}

function schemaTool(asked: Extract<SchemaRequest, { kind: 'schema' }>): Tool {
  return { index: -1, name: schemaToolName, description: schemaToolDescription, parameters: asked.schema };
}
