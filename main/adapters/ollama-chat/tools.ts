import type { JsonObject } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
import { arr } from '../shared/read.ts';
import { readTools } from '../shared/tools.ts';

/** Function tools in OpenAI's shape, which is Ollama's too. Source: https://docs.ollama.com/capabilities/tool-calling */
export function putTools(body: JsonObject, report: ParameterReport): void {
  const { tools, others } = readTools(report.peek('tools'));
  for (const index of others) report.lose(`tools[${index}]`, 'Ollama takes functions only');
  if (tools.length === 0) return report.drop('tools', 'none of them is a function');
  const given = arr(report.take('tools'));
  body.tools = tools.map((tool) => given[tool.index]);
}
