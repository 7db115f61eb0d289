import type { Reason } from '../../../contract/reasons.ts';
import type { JsonObject } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { obj } from '../shared/read.ts';
import { schemaToolDescription } from '../shared/schema-tool.ts';
import { toolForSchema } from './schema-tools.ts';
import type { Instruction } from './system.ts';
import type { ProviderTools } from './tools.ts';

/** Whether the call can be forced, and why a tool is used at all. */
interface Way {
  forced: boolean;
  why: Reason;
}

/**
 * Sends a schema as a tool whose input is the reply. Without other tools it is forced. With the caller's
 * tools, some tool must be called, so that the model may use theirs first. If none can be forced, the system
 * text requests it. Source:
 * https://platform.claude.com/docs/en/agents-and-tools/tool-use/implement-tool-use#forcing-tool-use
 */
export function schemaAsTool(
  schema: JsonObject,
  tools: ProviderTools,
  way: Way,
  report: ParameterReport,
): { tools: ProviderTools; instruction?: Instruction } {
  const { name, inputSchema } = toolForSchema(schema);
  const tool = { name, description: schemaToolDescription, input_schema: inputSchema };
  report.rewrite(`/tools/${tools.tools.length}`, null, tool, {
    ...way.why,
    message: `the schema travels as a tool: ${way.why.message}`,
  });
  if (inputSchema !== schema) {
    const path = `/tools/${tools.tools.length}/input_schema`;
    report.rewrite(
      path,
      schema,
      inputSchema,
      reason('tool_input_is_object', {}, 'a tool’s input is an object with no combinator at its root'),
    );
  }
  const choice = toolChoice(name, tools, way.forced);
  if (choice !== tools.choice) {
    const why = way.forced
      ? reason('schema_tool_forced', {}, 'the schema travels as a tool, which has to be called')
      : way.why;
    report.rewrite('/tool_choice', tools.choice, choice, why);
  }
  const added = { tools: [...tools.tools, tool], choice };
  if (way.forced) return { tools: added };
  const text = `Give your reply by calling the tool "${name}" once, and write no other text.`;
  return { tools: added, instruction: { text, why: way.why } };
}

function toolChoice(name: string, { tools, choice }: ProviderTools, forced: boolean): unknown {
  const { type, ...settings } = obj(choice);
  const hasOwn = tools.length > 0;
  if (hasOwn && (type === 'tool' || type === 'any')) return choice;
  if (!forced) return type === 'auto' ? choice : { ...settings, type: 'auto' };
  if (hasOwn && type !== 'none') return { ...settings, type: 'any' };
  return { type: 'tool', name, disable_parallel_tool_use: true };
}
