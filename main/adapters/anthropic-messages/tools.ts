import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { isObject, obj, str } from '../shared/read.ts';
import { readToolChoice } from '../shared/tools.ts';

/** `tools` and `tool_choice` in the protocol's format. */
export interface ProviderTools {
  tools: unknown[];
  choice?: unknown;
}

/**
 * The caller's tools; the protocol's own kinds (web search, anything with `input_schema`) are sent unchanged.
 */
export function wireTools(report: ParameterReport): ProviderTools {
  const list = report.peek('tools');
  if (list !== undefined && !Array.isArray(list))
    report.drop('tools', reason('tools_not_a_list', {}, 'it has to be a list of tools'));
  const tools: unknown[] = [];
  (Array.isArray(list) ? list : []).forEach((entry: unknown, index) => {
    const tool = wireTool(entry, index, tools.length, report);
    if (tool !== undefined) tools.push(tool);
  });
  report.take('tools');
  const choice = toolChoice(tools, report);
  return choice === undefined ? { tools } : { tools, choice };
}

function wireTool(entry: unknown, index: number, position: number, report: ParameterReport): unknown {
  if (!isObject(entry)) return entry;
  if (isObject(entry.custom)) {
    report.lose(
      `tools[${index}]`,
      reason('free_text_tool', {}, 'free-text tools are OpenAI’s: give it `parameters` as a function tool'),
    );
    return undefined;
  }
  if (!isObject(entry.function)) return entry;
  const { type: _, function: fn, ...wireFields } = entry;
  const { name, description, parameters, strict, ...others } = obj(fn);
  for (const key of Object.keys(others)) {
    report.lose(
      `tools[${index}].function.${key}`,
      reason('unknown_tool_field', {}, 'a tool has no such field in this protocol'),
    );
  }
  const tool = {
    name,
    ...(description === undefined ? {} : { description }),
    input_schema: inputSchema(parameters),
    ...(typeof strict === 'boolean' ? { strict } : {}),
    ...wireFields,
  };
  report.rewrite(
    `/tools/${position}`,
    entry,
    tool,
    reason('own_form', { api: 'Anthropic' }, 'this protocol’s shape of a function tool'),
  );
  return tool;
}

/** Required, and must have a type. */
function inputSchema(parameters: unknown): unknown {
  if (!isObject(parameters)) return { type: 'object', properties: {} };
  return parameters.type === undefined ? { type: 'object', ...parameters } : parameters;
}

const wireChoice = new Map([['required', 'any']]);

function toolChoice(tools: unknown[], report: ParameterReport): unknown {
  const requested = report.take('tool_choice');
  const neutral = readToolChoice(requested);
  const type = str(requested);
  const choice =
    typeof neutral === 'object'
      ? { type: 'tool', name: neutral.name }
      : type === undefined
        ? requested
        : { type: wireChoice.get(type) ?? type };
  if (choice !== requested)
    report.rewrite(
      '/tool_choice',
      requested,
      choice,
      reason('own_form', { api: 'Anthropic' }, 'this protocol’s shape of a tool choice'),
    );
  return withParallel(choice, tools, report);
}

/** The protocol's flag is the inverse, and exists only inside a choice that allows a tool call. */
function withParallel(choice: unknown, tools: unknown[], report: ParameterReport): unknown {
  const parallel = report.peek('parallel_tool_calls');
  const fields = obj(choice ?? { type: 'auto' });
  if (typeof parallel !== 'boolean' || tools.length === 0) return choice;
  if (fields.type === 'none' || 'disable_parallel_tool_use' in fields) {
    report.drop(
      'parallel_tool_calls',
      reason('settled_by_tool_choice', {}, '`tool_choice` settles it already'),
    );
    return choice;
  }
  report.take('parallel_tool_calls');
  const path = '/tool_choice/disable_parallel_tool_use';
  report.rewrite(
    path,
    { parallel_tool_calls: parallel },
    !parallel,
    reason('inverted_flag', {}, 'this protocol says it the other way round'),
  );
  return { ...fields, disable_parallel_tool_use: !parallel };
}
