import type { JsonObject } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { arr } from '../shared/read.ts';
import type { SchemaRequest } from '../shared/schema-request.ts';
import { schemaToolDescription, schemaToolName } from '../shared/schema-tool.ts';
import { readToolChoice } from '../shared/tools.ts';
import type { Dialect } from './dialect.ts';

/**
 * `tools` and `tool_choice` of a request that sends its schema as a tool. Without other tools it is forced.
 * With the caller's tools, some tool must be called, so that the model may use theirs first.
 */
export function schemaAsTool(
  asked: Extract<SchemaRequest, { kind: 'schema' }>,
  dialect: Dialect,
  report: ParameterReport,
): JsonObject {
  if (!Array.isArray(report.peek('tools')))
    report.drop('tools', reason('tools_not_a_list', {}, 'it has to be a list of tools'));
  const own = arr(report.peek('tools'));
  const tool = {
    type: 'function',
    function: { name: schemaToolName, description: schemaToolDescription, parameters: asked.schema },
  };
  const why = reason('schema_as_tool', {}, 'this model takes a schema as a tool (structured_output: "tool")');
  if (asked.format) report.rewrite('/response_format', asked.format, null, why);
  report.rewrite(`/tools/${own.length}`, null, tool, why);
  report.take('tools');
  return { tools: [...own, tool], tool_choice: toolChoice(own.length > 0, dialect, report) };
}

function toolChoice(hasOwn: boolean, dialect: Dialect, report: ParameterReport): unknown {
  const requested = report.take('tool_choice');
  const choice = readToolChoice(requested);
  if (hasOwn && (choice === 'required' || typeof choice === 'object')) return requested;
  const forced =
    hasOwn && choice !== 'none' ? 'required' : { type: 'function', function: { name: schemaToolName } };
  const to = dialect.namedToolChoice ? forced : 'required';
  report.rewrite(
    '/tool_choice',
    requested,
    to,
    reason('schema_tool_forced', {}, 'the schema travels as a tool, which has to be called'),
  );
  return to;
}
