import type { JsonObject } from '../define.ts';
import { functionTool, namedChoice } from '../shared/neutral-tools.ts';
import type { Reader } from '../shared/reader.ts';
import { toolFields } from './fields.ts';

/** Converts `tools` and `tool_choice` to neutral parameters; none without tools. */
export function toolParams(body: JsonObject, reader: Reader): JsonObject {
  const tools = (reader.list(body['tools'], 'tools') ?? []).map((entry, index) => {
    const path = `tools[${index}]`;
    return readTool(reader.needObject(entry, path), path, reader);
  });
  if (tools.length === 0) return {};
  const choice = reader.object(body['tool_choice'], 'tool_choice') ?? {};
  const single = reader.boolean(choice['disable_parallel_tool_use'], 'tool_choice.disable_parallel_tool_use');
  return {
    tools,
    tool_choice: readChoice(choice, reader),
    parallel_tool_calls: single === undefined ? undefined : !single,
  };
}

function readTool(tool: JsonObject, path: string, reader: Reader): JsonObject {
  const type = reader.string(tool['type'], `${path}.type`) ?? 'custom';
  if (type !== 'custom') {
    if (reader.isNative) return tool;
    return reader.refuse(
      `${path}.type`,
      `"${type}" runs at Anthropic only: give a tool with an \`input_schema\``,
    );
  }
  const native = reader.decide(tool, toolFields, path);
  const neutral = functionTool({
    name: reader.needString(tool['name'], `${path}.name`),
    description: reader.string(tool['description'], `${path}.description`),
    parameters: reader.object(tool['input_schema'], `${path}.input_schema`),
    strict: reader.boolean(tool['strict'], `${path}.strict`),
  });
  return { ...neutral, ...native };
}

function readChoice(choice: JsonObject, reader: Reader): unknown {
  switch (choice['type']) {
    case undefined:
      return undefined;
    case 'auto':
    case 'none':
      return choice['type'];
    case 'any':
      return 'required';
    case 'tool':
      return namedChoice(reader.needString(choice['name'], 'tool_choice.name'));
    default:
      return reader.fail('tool_choice.type', 'has to be "auto", "any", "tool" or "none"');
  }
}
