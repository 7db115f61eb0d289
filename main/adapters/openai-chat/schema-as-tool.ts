import type { JsonObject } from '../define.ts';
import type { ParamLedger } from '../shared/params.ts';
import { arr } from '../shared/read.ts';
import type { SchemaRequest } from '../shared/schema-request.ts';
import { schemaToolDescription, schemaToolName } from '../shared/schema-tool.ts';
import { readToolChoice } from '../shared/tools.ts';
import type { Dialect } from './dialect.ts';

/**
 * `tools` and `tool_choice` of a request whose schema travels as a tool. Alone it is forced; beside the caller's own
 * tools some tool must be called, so that the model may still use theirs first.
 */
export function schemaAsTool(
  asked: Extract<SchemaRequest, { kind: 'schema' }>,
  dialect: Dialect,
  books: ParamLedger,
): JsonObject {
  if (!Array.isArray(books.peek('tools'))) books.drop('tools', 'it has to be a list of tools');
  const own = arr(books.peek('tools'));
  const tool = {
    type: 'function',
    function: { name: schemaToolName, description: schemaToolDescription, parameters: asked.schema },
  };
  const reason = 'this model takes a schema as a tool (structured_output: "tool")';
  if (asked.format) books.rewrite('/response_format', asked.format, null, reason);
  books.rewrite(`/tools/${own.length}`, null, tool, reason);
  books.take('tools');
  return { tools: [...own, tool], tool_choice: toolChoice(own.length > 0, dialect, books) };
}

function toolChoice(hasOwn: boolean, dialect: Dialect, books: ParamLedger): unknown {
  const said = books.take('tool_choice');
  const choice = readToolChoice(said);
  if (hasOwn && (choice === 'required' || typeof choice === 'object')) return said;
  const forced =
    hasOwn && choice !== 'none' ? 'required' : { type: 'function', function: { name: schemaToolName } };
  const to = dialect.namedToolChoice ? forced : 'required';
  books.rewrite('/tool_choice', said, to, 'the schema travels as a tool, which has to be called');
  return to;
}
