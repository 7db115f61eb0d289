import type { Billing, JsonObject } from '../define.ts';
import { BillingReader, eachObject, names } from '../shared/billing.ts';
import { arr, obj, str } from '../shared/read.ts';

/** Source: https://platform.claude.com/docs/en/api/messages */
const free = names(`
  model metadata stop_sequences stream temperature top_p top_k tool_choice output_format user_profile_id
  fallback_credit_token diagnostics`);

const freePart = names(`
  text tool_use thinking redacted_thinking server_tool_use web_search_result web_search_tool_result_error
  web_fetch_tool_result_error code_execution_result code_execution_tool_result_error mcp_tool_use`);

/** Blocks that contain further blocks in `content`. */
const holder = names(`
  tool_result web_search_tool_result web_fetch_tool_result web_fetch_result code_execution_tool_result search_result
  mcp_tool_result`);

/** Tools that the caller runs; other tools run at Anthropic, and are billed there. */
const clientTool = /^(custom|bash_|text_editor_|computer_|memory_)/;

/**
 * Prompt tokens that Anthropic adds if there are tools (159 to 530, depending on the model), and for each
 * Anthropic tool that the caller runs (245 to 735, and up to 499 for computer use). Doubled, because newer
 * models may have more. https://platform.claude.com/docs/en/docs/tool-use-pricing-and-tokens
 */
const toolPrompt = 1000;
const ownToolPrompt = 2500;

/** What a Messages body can cost. */
export function billing(body: JsonObject): Billing {
  const reader = new BillingReader();
  reader.fields(body, '', free, {
    messages: (value, path) =>
      eachObject(value, path, (item, at) => readContent(reader, item.content, `${at}.content`)),
    system: (value, path) => readContent(reader, value, path),
    max_tokens: (value) => reader.limit(value),
    cache_control: (value) => readCache(reader, value),
    thinking: (value) => reader.extraOutput(obj(value).budget_tokens),
    output_config: (value, path) => reader.fields(obj(value), path, names('effort format task_budget')),
    tools: (value, path) => {
      if (arr(value).length) reader.extraPrompt(toolPrompt);
      eachObject(value, path, (item, at) => readTool(reader, item, at));
    },
    // Without it, or with these values, usage beyond a commitment is billed at list price.
    service_tier: (value, path) => {
      if (value !== 'auto' && value !== 'standard_only')
        reader.unbounded(path, `the tier "${String(value)}" has other prices`);
    },
    // Inference in one region costs a tenth more: https://platform.claude.com/docs/en/about-claude/pricing
    inference_geo: (value) => {
      if (value !== 'global')
        reader.unbounded('inference_geo', 'inference in one region has a price of its own');
    },
    speed: (value, path) => {
      if (value !== 'standard') reader.unbounded(path, 'a faster mode has prices of its own');
    },
    fallbacks: (_value, path) => reader.unbounded(path, 'another model may answer, at its price'),
    container: (_value, path) => reader.unbounded(path, 'code that runs at the provider is billed by time'),
    mcp_servers: (_value, path) =>
      reader.unbounded(path, 'what tools of other servers answer is billed as prompt'),
    context_management: (value, path) => {
      const kinds = arr(obj(value).edits).map((edit) => str(obj(edit).type) ?? '');
      if (kinds.some((kind) => !kind.startsWith('clear_')))
        reader.unbounded(path, 'a summary made at the provider is billed on top');
    },
  });
  return reader.result();
}

/** A cache write costs 1.25 times the input price for five minutes, twice for an hour. */
function readCache(reader: BillingReader, value: unknown): void {
  reader.inputFactor(str(obj(value).ttl) === '1h' ? 2 : 1.25);
}

function readContent(reader: BillingReader, content: unknown, path: string): void {
  eachObject(content, path, (part, at) => {
    if (part.cache_control) readCache(reader, part.cache_control);
    const type = str(part.type) ?? '';
    if (freePart.has(type)) return;
    if (type === 'image') return reader.image(str(obj(part.source).data)?.length ?? 0);
    if (holder.has(type)) return readContent(reader, part.content, `${at}.content`);
    if (type === 'document') return readDocument(reader, part.source, at);
    reader.unbounded(at, `a part of the type "${type}" is not known, and may cost something`);
  });
}

function readDocument(reader: BillingReader, value: unknown, path: string): void {
  const source = obj(value);
  if (source.type === 'text') return;
  if (source.type === 'content') return readContent(reader, source.content, `${path}.source.content`);
  reader.uncounted(path, 'how many pages a document has cannot be told beforehand');
}

function readTool(reader: BillingReader, tool: JsonObject, path: string): void {
  if (tool.cache_control) readCache(reader, tool.cache_control);
  const type = str(tool.type) ?? 'custom';
  if (type !== 'custom') reader.extraPrompt(ownToolPrompt);
  if (!clientTool.test(type))
    reader.unbounded(path, `the tool "${type}" runs at the provider and is billed there`);
}
