import type { JsonObject } from '../define.ts';
import { functionTool, namedChoice } from '../shared/neutral-tools.ts';
import type { Reader } from '../shared/reader.ts';
import { functionToolFields } from './fields.ts';

/** Converts `tools` and `tool_choice` to the neutral format; both are undefined if nothing is set. */
export function readTools(
  body: JsonObject,
  reader: Reader,
): { tools?: JsonObject[] | undefined; choice?: unknown } {
  const listed = (reader.list(body['tools'], 'tools') ?? []).map((entry, index) => {
    const path = `tools[${index}]`;
    return readTool(reader.needObject(entry, path), path, reader);
  });
  const { choice, allowed } = readChoice(body['tool_choice'], reader);
  const tools = allowed === undefined ? listed : listed.filter(({ name }) => allowed.includes(name));
  return { tools: tools.length > 0 ? tools.map(functionTool) : undefined, choice };
}

function readTool(tool: JsonObject, path: string, reader: Reader) {
  const type = reader.needString(tool['type'], `${path}.type`);
  if (type !== 'function') {
    const why = type === 'custom' ? 'free-text tools' : 'hosted tools';
    reader.refuse(`${path}.type`, `${why} ("${type}") run at OpenAI only: give a tool of type "function"`);
  }
  reader.decide(tool, functionToolFields, path);
  return {
    name: reader.needString(tool['name'], `${path}.name`),
    description: reader.string(tool['description'], `${path}.description`),
    parameters: reader.object(tool['parameters'], `${path}.parameters`),
    strict: reader.boolean(tool['strict'], `${path}.strict`),
  };
}

function readChoice(value: unknown, reader: Reader): { choice?: unknown; allowed?: string[] } {
  if (value === undefined || value === null) return {};
  if (value === 'auto' || value === 'none' || value === 'required') return { choice: value };
  const choice = reader.needObject(value, 'tool_choice');
  if (choice['type'] === 'function') {
    return { choice: namedChoice(reader.needString(choice['name'], 'tool_choice.name')) };
  }
  if (choice['type'] === 'allowed_tools') {
    const names = (reader.list(choice['tools'], 'tool_choice.tools') ?? []).map((entry, index) => {
      const path = `tool_choice.tools[${index}]`;
      const tool = reader.needObject(entry, path);
      if (tool['type'] !== 'function') reader.refuse(`${path}.type`, 'only function tools can be carried');
      return reader.needString(tool['name'], `${path}.name`);
    });
    return { choice: choice['mode'] === 'required' ? 'required' : 'auto', allowed: names };
  }
  return reader.refuse('tool_choice.type', 'only "function" and "allowed_tools" can be carried');
}
