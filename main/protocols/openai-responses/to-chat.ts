import type { Call, Incoming, JsonObject, ProtocolChat } from '../define.ts';
import { ownFields } from '../shared/own-fields.ts';
import { newChat, tokenLimit } from '../shared/params.ts';
import { reasoningEffort } from '../shared/reasoning.ts';
import { Reader } from '../shared/reader.ts';
import { anyJson, schemaFormat } from '../shared/response-format.ts';
import { reasoningFields, responsesFields, textFields } from './fields.ts';
import { readInput } from './input-items.ts';
import { readTools } from './tools.ts';
import type { ResponsesWanted } from './wanted.ts';

/** Converts the body of `POST /v1/responses` to a chat. */
export function toChat(incoming: Incoming): Call<ResponsesWanted> {
  const reader = new Reader(incoming, ['openai', 'azure_openai']);
  const body = reader.needObject(incoming.body, '');
  const native = reader.decide(body, responsesFields);
  const model = reader.string(body['model'], 'model');
  const stream = reader.boolean(body['stream'], 'stream') ?? false;
  const messages = readInput(body, reader, incoming.itemById);
  const { tools, choice } = readTools(body, reader);
  const text = readText(body, reader);
  const reasoning = reader.object(body['reasoning'], 'reasoning') ?? {};
  reader.decide(reasoning, reasoningFields, 'reasoning');
  const effort = reader.string(reasoning['effort'], 'reasoning.effort');
  const limit = reader.number(body['max_output_tokens'], 'max_output_tokens');
  const temperature = reader.number(body['temperature'], 'temperature');
  const topP = reader.number(body['top_p'], 'top_p');
  const parallel = reader.boolean(body['parallel_tool_calls'], 'parallel_tool_calls');
  const user = reader.string(body['user'], 'user');
  const metadata = reader.object(body['metadata'], 'metadata');
  const params: JsonObject = {
    ...native,
    ...tokenLimit(limit),
    ...(effort === undefined ? {} : reasoningEffort(effort)),
    temperature,
    top_p: topP,
    tools,
    tool_choice: tools === undefined ? undefined : choice,
    parallel_tool_calls: tools === undefined ? undefined : parallel,
    response_format: text.format,
    verbosity: text.verbosity,
    user,
  };
  const chat: ProtocolChat = {
    ...newChat(model, messages, params, stream),
    ...(metadata === undefined ? {} : { metadata }),
    ...ownFields(body, reader),
  };
  const summary = reasoning['summary'] ?? reasoning['generate_summary'];
  const wanted: ResponsesWanted = {
    stream,
    model: model ?? '',
    echo: {
      instructions: reader.string(body['instructions'], 'instructions') ?? null,
      max_output_tokens: limit ?? null,
      metadata: metadata ?? {},
      parallel_tool_calls: parallel ?? true,
      reasoning: { effort: effort ?? null, summary: typeof summary === 'string' ? summary : null },
      temperature: temperature ?? null,
      text: text.echo,
      tool_choice: body['tool_choice'] ?? 'auto',
      tools: reader.list(body['tools'], 'tools') ?? [],
      top_p: topP ?? null,
      ...(user === undefined ? {} : { user }),
    },
  };
  return { chat, wanted, warnings: reader.warnings };
}

function readText(
  body: JsonObject,
  reader: Reader,
): { format?: JsonObject; verbosity?: string; echo: JsonObject } {
  const text = reader.object(body['text'], 'text') ?? {};
  reader.decide(text, textFields, 'text');
  const verbosity = reader.string(text['verbosity'], 'text.verbosity');
  const format = reader.object(text['format'], 'text.format') ?? { type: 'text' };
  const echo = { format, ...(verbosity === undefined ? {} : { verbosity }) };
  const sent = verbosity === undefined || !reader.isNative ? {} : { verbosity };
  if (verbosity !== undefined && !reader.isNative) {
    reader.warn('`text.verbosity` has no effect: only OpenAI has it');
  }
  switch (format['type']) {
    case 'text':
      return { ...sent, echo };
    case 'json_object':
      return { ...sent, format: anyJson, echo };
    case 'json_schema': {
      const name = reader.needString(format['name'], 'text.format.name');
      const strict = reader.boolean(format['strict'], 'text.format.strict');
      const description = reader.string(format['description'], 'text.format.description');
      const schema = reader.needObject(format['schema'], 'text.format.schema');
      const more = {
        name,
        ...(strict === undefined ? {} : { strict }),
        ...(description === undefined ? {} : { description }),
      };
      return { ...sent, format: schemaFormat(schema, more), echo };
    }
    default:
      return reader.refuse('text.format.type', 'has to be "text", "json_object" or "json_schema"');
  }
}
