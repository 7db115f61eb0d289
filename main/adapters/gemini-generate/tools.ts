import type { JsonObject, Target } from '../define.ts';
import type { ParamLedger } from '../shared/params.ts';
import { arr, isObject } from '../shared/read.ts';
import { readToolChoice, readTools, type Tool, type ToolChoice } from '../shared/tools.ts';
import { toOpenApiSchema } from './openapi-schema.ts';
import { put } from './params.ts';
import { takesOpenApi } from './schema.ts';

/**
 * `tools` and `toolConfig`. Functions are declared together; entries in Gemini's own form (`{ googleSearch: {} }`)
 * are sent as they are. `schemaTool` is the one function a schema travels in, and is then forced.
 * Source: https://ai.google.dev/api/caching#Tool
 */
export function putTools(
  schemaTool: Tool | undefined,
  target: Target,
  body: JsonObject,
  books: ParamLedger,
): void {
  const given = arr(books.peek('tools'));
  const { tools, others } = readTools(given);
  const own = others.filter((place) => isNative(given[place]));
  for (const place of others) {
    if (!own.includes(place))
      books.lose(`tools[${place}]`, 'neither a function nor in the form of a Gemini tool');
  }
  if (tools.length + own.length > 0) books.take('tools');
  else books.drop('tools', 'none of them is a function or a Gemini tool');

  const declared = schemaTool ? [...tools, schemaTool] : tools;
  const declarations = declared.map((tool, place) => declaration(tool, place, target, books));
  const wire = [
    ...(declarations.length > 0 ? [{ functionDeclarations: declarations }] : []),
    ...own.map((place) => given[place]),
  ];
  if (wire.length > 0) body.tools = wire;
  if (schemaTool) {
    const reason = 'the schema travels as a function that has to be called, since structured_output says so';
    books.rewrite(`/tools/0/functionDeclarations/${tools.length}`, null, declarations.at(-1), reason);
    books.drop('tool_choice', reason);
    return force({ name: schemaTool.name }, null, body, books, reason);
  }
  const choice = readToolChoice(books.peek('tool_choice'));
  if (choice !== undefined) force(choice, books.take('tool_choice'), body, books, "Gemini's form of it");
}

function isNative(entry: unknown): boolean {
  return isObject(entry) && entry.type === undefined && Object.keys(entry).length > 0;
}

function declaration(tool: Tool, place: number, target: Target, books: ParamLedger): JsonObject {
  if (tool.strict !== undefined) {
    books.lose(`tools[${tool.index}].function.strict`, 'Gemini has no strict functions');
  }
  const described = tool.description === undefined ? {} : { description: tool.description };
  if (!tool.parameters) return { name: tool.name, ...described };
  if (!takesOpenApi(target)) return { name: tool.name, ...described, parametersJsonSchema: tool.parameters };
  const path = ['tools', 0, 'functionDeclarations', place, 'parameters'];
  return { name: tool.name, ...described, parameters: toOpenApiSchema(tool.parameters, path, books) };
}

const modes = { auto: 'AUTO', none: 'NONE', required: 'ANY' } as const;

function force(
  choice: ToolChoice,
  from: unknown,
  body: JsonObject,
  books: ParamLedger,
  reason: string,
): void {
  const config =
    typeof choice === 'string'
      ? { mode: modes[choice] }
      : { mode: 'ANY', allowedFunctionNames: [choice.name] };
  books.rewrite('/toolConfig/functionCallingConfig', from, config, reason);
  put(body, ['toolConfig', 'functionCallingConfig'], config, books);
}
