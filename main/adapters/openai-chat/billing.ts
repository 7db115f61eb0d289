import type { Billing, JsonObject } from '../define.ts';
import { BillingReader, eachObject, jsonBytes, names } from '../shared/billing.ts';
import { arr, isObject, obj, str } from '../shared/read.ts';

/**
 * Fields that add no cost beyond text and reply: OpenAI's API reference (chat completions), OpenRouter's
 * parameters and provider routing, and the sampling fields of compatible servers.
 */
const free = names(`
  model temperature top_p top_k min_p top_a typical_p tfs frequency_penalty presence_penalty repetition_penalty
  repeat_penalty repeat_last_n mirostat mirostat_tau mirostat_eta stop stop_token_ids seed random_seed logit_bias
  logprobs top_logprobs user safety_identifier prompt_cache_key prompt_cache_retention prompt_cache_options metadata
  store stream stream_options response_format tool_choice parallel_tool_calls function_call functions reasoning_effort
  verbosity usage include_reasoning transforms session_id trace structured_outputs guided_json grammar
  json_schema enable_thinking prompt_mode safe_prompt add_generation_prompt
  skip_special_tokens ignore_eos min_tokens num_ctx keep_alive ttl cache_prompt id_slot samplers dry_multiplier
  dry_base dry_allowed_length dry_penalty_last_n dry_sequence_breakers xtc_probability xtc_threshold
  dynatemp_range dynatemp_exponent nsigma`);

const freePart = names('text refusal thinking reasoning');
const mediaPart = names('input_audio audio video_url video');
const documentPart = names('file input_file document');

/** Tokens that Anthropic adds to a prompt with tools (159 to 530, depending on the model), doubled. */
const claudeToolPrompt = 1000;

/** OpenRouter suffixes of a model's id that change which provider answers or whether it searches. */
const dearVariants = /:(online|nitro)$/;
/** Service tiers at the list price or below. https://platform.openai.com/docs/guides/flex-processing */
const plainTiers = new Set(['auto', 'default', 'standard', 'flex', 'batch']);

/** What a chat completion's body can cost, at OpenAI, Azure, OpenRouter and compatible servers. */
export function billing(body: JsonObject): Billing {
  const reader = new BillingReader();
  const unbounded = (reason: string) => (_value: unknown, path: string) => reader.unbounded(path, reason);
  reader.fields(body, '', free, {
    messages: (value, path) => eachObject(value, path, (item, at) => readMessage(reader, item, at)),
    max_tokens: (value) => reader.limit(value),
    max_completion_tokens: (value) => reader.limit(value),
    // Some compatible servers read it, but OpenAI and OpenRouter do not.
    max_output_tokens: (value) => reader.otherLimit(value),
    n: (value) => reader.replies(value),
    best_of: (value) => reader.replies(value),
    n_predict: (value) => reader.otherLimit(value),
    options: (value) => reader.otherLimit(obj(value).num_predict),
    reasoning: (value, path) => readReasoning(reader, value, path),
    thinking_budget: (value) => reader.extraOutput(value),
    thinking: (value) => reader.extraOutput(obj(value).budget_tokens),
    chat_template_kwargs: (value) => reader.extraOutput(obj(value).thinking_budget),
    // Predicted tokens that are not used are billed as output.
    prediction: (value) => reader.extraOutput(jsonBytes(value)),
    tools: (value, path) => {
      if (arr(value).length && /claude/i.test(str(body.model) ?? '')) reader.extraPrompt(claudeToolPrompt);
      eachObject(value, path, (item, at) => readTool(reader, item, at));
    },
    provider: (value, path) => readRouting(reader, value, path),
    service_tier: (value, path) => {
      if (!plainTiers.has(String(value)))
        reader.unbounded(path, `the tier "${String(value)}" has other prices`);
    },
    modalities: (value, path) => {
      const other = arr(value).filter((kind) => kind !== 'text');
      if (other.length) reader.unbounded(path, `a reply as ${other.join(', ')} has a price of its own`);
    },
    models: unbounded('the provider may answer with another model, at its price'),
    route: unbounded('the provider may answer with another model, at its price'),
    preset: unbounded('a preset kept at the provider can change the model and what it does'),
    plugins: unbounded('what a plug-in does at the provider is billed on top'),
    web_search_options: unbounded('a web search is billed on top, and its results as prompt'),
    search_parameters: unbounded('a search is billed on top, and its results as prompt'),
    data_sources: unbounded('what the provider looks up is billed as prompt'),
    audio: unbounded('audio has a price of its own'),
  });
  const model = str(body.model) ?? '';
  if (dearVariants.test(model)) reader.unbounded('model', `"${model}" may be answered at another price`);
  return reader.result();
}

function readMessage(reader: BillingReader, message: JsonObject, path: string): void {
  if (message.audio) reader.unbounded(`${path}.audio`, 'audio has a price of its own');
  // Ollama's own field, which some servers with this protocol accept as well.
  for (const image of arr(message.images)) reader.image(str(image)?.length ?? 0);
  eachObject(message.content, `${path}.content`, (part, at) => readPart(reader, part, at));
}

/**
 * `sort` has the same effect as the suffix `:nitro`.
 * https://openrouter.ai/docs/guides/routing/provider-selection
 */
function readRouting(reader: BillingReader, value: unknown, path: string): void {
  const { sort } = obj(value);
  const by = isObject(sort) ? sort.by : sort;
  if (by !== undefined && by !== null && by !== 'price')
    reader.unbounded(`${path}.sort`, 'a provider that is not the cheapest may answer, at its price');
}

function readPart(reader: BillingReader, part: JsonObject, path: string): void {
  if (part.cache_control) reader.inputFactor(str(obj(part.cache_control).ttl) === '1h' ? 2 : 1.25);
  if (part.prompt_cache_breakpoint) reader.inputFactor(1.25);
  const type = str(part.type) ?? '';
  const image = part.image_url ?? part.image;
  if (/image/.test(type) || image !== undefined)
    return reader.imageAt(isObject(image) ? image.url : image, path);
  if (freePart.has(type)) return;
  if (documentPart.has(type))
    return reader.uncounted(path, `how much a ${type} holds cannot be told beforehand`);
  if (mediaPart.has(type)) return reader.unbounded(path, `how long a ${type} is cannot be told beforehand`);
  return reader.unbounded(path, `a part of the type "${type}" is not known, and may cost something`);
}

function readReasoning(reader: BillingReader, value: unknown, path: string): void {
  if (!isObject(value)) return;
  reader.fields(value, path, names('effort exclude enabled summary'), {
    max_tokens: (budget) => reader.extraOutput(budget),
  });
}

function readTool(reader: BillingReader, tool: JsonObject, path: string): void {
  const type = str(tool.type) ?? (tool.function ? 'function' : '');
  if (type !== 'function' && type !== 'custom')
    reader.unbounded(path, `the tool "${type}" runs at the provider and is billed there`);
}
