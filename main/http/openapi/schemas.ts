import { z } from 'zod';
import { errorInfo } from '../../../contract/errors.ts';
import { operations, type OperationName } from '../../../contract/operations/table.ts';
import {
  chatCompletion,
  chatCompletionChunk,
  chatOfOpenAi,
  openAiError,
  openAiUsage,
} from '../../../contract/operations/openai.ts';
import { dryRunAnswer, message } from '../../../contract/chat.ts';
import { describeFields } from './field-docs.ts';
import { namedSchemas } from './named-schemas.ts';

export type SchemaObject = Record<string, unknown>;

const requestId = z.string();

/** A reference to the named schema. */
export const refTo = (name: string): SchemaObject => ({ $ref: `#/components/schemas/${name}` });

const capitals = (text: string) =>
  text.replace(/(?:^|[.\-_])(\w)/g, (_all, letter: string) => letter.toUpperCase());
export const answerName = (operation: OperationName) => `${capitals(operation)}Answer`;
export const requestName = (operation: OperationName) => `${capitals(operation)}Request`;

/** Data in the HTTP transport's format: its fields beside `ok` and `request_id`. */
function enveloped(output: z.ZodType): z.ZodType {
  if (output instanceof z.ZodUnion) return z.union((output.options as z.ZodType[]).map(enveloped));
  if (!(output instanceof z.ZodObject)) return output;
  const ok = 'ok' in output.shape ? {} : { ok: z.literal(true) };
  return output.extend({ ...ok, request_id: requestId });
}

const text = z.string();
/** The error envelope; `error` and `detail` repeat the message for clients that read those. */
const errorAnswer = z.object({ ok: z.literal(false), ...errorInfo.shape, error: text, detail: text });

/** `data` of each event of a chat stream. */
const streamEvents = {
  StreamStart: z.object({ request_id: requestId, provider: text, model: text, module: text.nullable() }),
  StreamDelta: z.object({ text }),
  StreamTool: z.object({
    index: z.number().int(),
    id: text.optional(),
    name: text.optional(),
    arguments: text.optional(),
    extra_content: z.record(text, z.unknown()).optional(),
  }),
};

/** OpenAI's request: free-form, except for fields that decide who answers and how. */
const completionRequest = z.looseObject({
  model: text.nullish(),
  messages: z.array(message),
  stream: z.boolean().nullish(),
  ...chatOfOpenAi.shape,
});

/** ComfyVN's own chat body; all other chat fields are allowed beside these. */
const sceneChatRequest = z.looseObject({
  scene_id: text.optional(),
  message: text,
  history: z.array(z.object({ role: text, content: text })).optional(),
  role: text.optional(),
  pov: text.optional(),
  context: z.unknown().optional(),
});

/** A provider's own OpenAI reply is passed through, so fields that it omits are missing. */
const leftOut = { id: true, object: true, created: true, model: true } as const;
const usageAsReported = openAiUsage.partial();

const completion = chatCompletion.partial(leftOut).extend({ usage: usageAsReported.optional() });

/** A model in Anthropic's format, and a page of models. */
const anthropicModel = z.looseObject({
  type: z.literal('model'),
  id: z.string(),
  display_name: z.string(),
  created_at: z.string(),
  max_input_tokens: z.number().nullable(),
  max_tokens: z.number().nullable(),
});
const anthropicPage = z.looseObject({
  data: z.array(anthropicModel),
  has_more: z.boolean(),
  first_id: z.string().nullable(),
  last_id: z.string().nullable(),
});

const answers: Readonly<Record<string, z.ZodType>> = {
  ...namedSchemas,
  ...streamEvents,
  Error: errorAnswer,
  OpenAiError: openAiError,
  AnthropicModel: anthropicModel,
  AnthropicModelPage: anthropicPage,
  ChatCompletion: completion,
  CompletionAnswer: z.union([completion, enveloped(dryRunAnswer)]),
  ChatCompletionChunk: chatCompletionChunk.partial(leftOut).extend({ usage: usageAsReported.nullish() }),
};

function convert(
  named: Readonly<Record<string, z.ZodType>>,
  io: 'input' | 'output',
  suffix: string,
): Record<string, SchemaObject> {
  const registry = z.registry<{ id: string }>();
  for (const [name, schema] of Object.entries(named)) registry.add(schema, { id: name });
  // A name used in both requests and answers means two schemas: a field with a default is optional in the
  // first and present in the second.
  const uri = (id: string) =>
    `#/components/schemas/${id}${suffix && Object.hasOwn(namedSchemas, id) ? suffix : ''}`;
  const { schemas } = z.toJSONSchema(registry, { uri, io, unrepresentable: 'any' });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $id, $schema: _dialect, ...schema }]) => [
      String($id).replace(/^.*\//, '') || id,
      schema,
    ]),
  );
}

const reachable = (schemas: Record<string, SchemaObject>, roots: string[]) => {
  const seen = new Set<string>();
  const visit = (name: string) => {
    if (seen.has(name) || !schemas[name]) return;
    seen.add(name);
    for (const [, next] of JSON.stringify(schemas[name]).matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      visit(next ?? '');
  };
  roots.forEach(visit);
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => seen.has(name)));
};

export interface Needed {
  operation: OperationName;
  /** Input fields that the URL provides; null if the request has no body. */
  body: readonly string[] | null;
}

/** An operation's request body: its input without the fields that the URL provides. */
function bodyOf({ operation, body }: Needed): z.ZodType | null {
  const input: z.ZodType = operations[operation].input;
  if (body === null) return null;
  if (!body.length || !(input instanceof z.ZodObject)) return input;
  return input.omit(Object.fromEntries(body.map((field) => [field, true])) as never);
}

/** Names each schema; if several operations share it, after the first. */
function nameEach(entries: readonly (readonly [string, z.ZodType])[]) {
  const names = new Map<z.ZodType, string>();
  for (const [name, schema] of entries) if (!names.has(schema)) names.set(schema, name);
  return Object.fromEntries([...names].map(([schema, name]) => [name, schema]));
}

const always = [
  'Error',
  'OpenAiError',
  'AnthropicModel',
  'AnthropicModelPage',
  'CompletionAnswer',
  'ChatCompletionChunk',
  'CompletionRequest',
  'SceneChatRequest',
  'Usage',
];

/** Every schema under `components/schemas` that the routes' operations need, including referenced ones. */
export function componentSchemas(needed: readonly Needed[]): Record<string, SchemaObject> {
  const answerOf = (operation: OperationName) =>
    operation.startsWith('openai.') ? operations[operation].output : enveloped(operations[operation].output);
  const outputs = nameEach(needed.map(({ operation }) => [answerName(operation), answerOf(operation)]));
  const inputs = nameEach(
    needed.flatMap((one) => {
      const schema = bodyOf(one);
      return schema ? [[requestName(one.operation), schema] as const] : [];
    }),
  );
  const answered = convert({ ...answers, ...outputs }, 'output', '');
  const asked = convert(
    { ...namedSchemas, CompletionRequest: completionRequest, SceneChatRequest: sceneChatRequest, ...inputs },
    'input',
    'Input',
  );
  const roots = [...always, ...Object.keys(streamEvents), ...Object.keys(outputs), ...Object.keys(inputs)];
  return describeFields(reachable({ ...answered, ...asked }, roots));
}
