import type { JsonObject } from '../define.ts';
import type { ParamLedger } from '../shared/params.ts';
import { arr } from '../shared/read.ts';
import { readTools } from '../shared/tools.ts';

/** Function tools in OpenAI's shape, which is Ollama's too. Source: https://docs.ollama.com/capabilities/tool-calling */
export function putTools(body: JsonObject, books: ParamLedger): void {
  const { tools, others } = readTools(books.peek('tools'));
  for (const place of others) books.lose(`tools[${place}]`, 'Ollama takes functions only');
  if (tools.length === 0) return books.drop('tools', 'none of them is a function');
  const given = arr(books.take('tools'));
  body.tools = tools.map((tool) => given[tool.index]);
}
