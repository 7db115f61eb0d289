import type { Reason } from '../../../contract/reasons.ts';
import type { JsonObject, Target } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { arr, isObject } from '../shared/read.ts';
import { readToolChoice, readTools, type Tool, type ToolChoice } from '../shared/tools.ts';
import { toOpenApiSchema } from './openapi-schema.ts';
import { put } from './params.ts';
import { takesOpenApi } from './schema.ts';

const api = 'Gemini';

/**
 * `tools` and `toolConfig`. Functions are declared together; entries in Gemini's own format (`{ googleSearch:
 * {} }`) are sent unchanged. `schemaTool` is the function that carries a schema, and is then forced. Source:
 * https://ai.google.dev/api/caching#Tool
 */
export function putTools(
  schemaTool: Tool | undefined,
  target: Target,
  body: JsonObject,
  report: ParameterReport,
): void {
  const list = arr(report.peek('tools'));
  const { tools, others } = readTools(list);
  const own = others.filter((index) => isNative(list[index]));
  for (const index of others) {
    if (!own.includes(index))
      report.lose(
        `tools[${index}]`,
        reason('not_a_function', { api, own: true }, 'neither a function nor in the form of a Gemini tool'),
      );
  }
  if (tools.length + own.length > 0) report.take('tools');
  else
    report.drop(
      'tools',
      reason('no_tool_left', { api, own: true }, 'none of them is a function or a Gemini tool'),
    );

  const declared = schemaTool ? [...tools, schemaTool] : tools;
  const declarations = declared.map((tool, index) => declaration(tool, index, target, report));
  const entries = [
    ...(declarations.length > 0 ? [{ functionDeclarations: declarations }] : []),
    ...own.map((index) => list[index]),
  ];
  if (entries.length > 0) body.tools = entries;
  if (schemaTool) {
    const why = reason(
      'schema_tool_forced',
      {},
      'the schema travels as a function that has to be called, since structured_output says so',
    );
    report.rewrite(`/tools/0/functionDeclarations/${tools.length}`, null, declarations.at(-1), why);
    report.drop('tool_choice', why);
    return force({ name: schemaTool.name }, null, body, report, why);
  }
  const choice = readToolChoice(report.peek('tool_choice'));
  if (choice !== undefined)
    force(
      choice,
      report.take('tool_choice'),
      body,
      report,
      reason('own_form', { api }, "Gemini's form of it"),
    );
}

function isNative(entry: unknown): boolean {
  return isObject(entry) && entry.type === undefined && Object.keys(entry).length > 0;
}

function declaration(tool: Tool, index: number, target: Target, report: ParameterReport): JsonObject {
  if (tool.strict !== undefined) {
    report.lose(
      `tools[${tool.index}].function.strict`,
      reason('no_such_feature', { api, feature: 'strict_functions' }, 'Gemini has no strict functions'),
    );
  }
  const described = tool.description === undefined ? {} : { description: tool.description };
  if (!tool.parameters) return { name: tool.name, ...described };
  if (!takesOpenApi(target)) return { name: tool.name, ...described, parametersJsonSchema: tool.parameters };
  const path = ['tools', 0, 'functionDeclarations', index, 'parameters'];
  return { name: tool.name, ...described, parameters: toOpenApiSchema(tool.parameters, path, report) };
}

const modes = { auto: 'AUTO', none: 'NONE', required: 'ANY' } as const;

function force(
  choice: ToolChoice,
  from: unknown,
  body: JsonObject,
  report: ParameterReport,
  why: Reason,
): void {
  const config =
    typeof choice === 'string'
      ? { mode: modes[choice] }
      : { mode: 'ANY', allowedFunctionNames: [choice.name] };
  report.rewrite('/toolConfig/functionCallingConfig', from, config, why);
  put(body, ['toolConfig', 'functionCallingConfig'], config, report);
}
