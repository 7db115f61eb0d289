type SchemaObject = Record<string, unknown>;

const chat: Readonly<Record<string, string>> = {
  provider: "A registry provider's name or a runtime adapter's id.",
  model:
    '`provider/model`, `module:NAME`, a provider\'s name, a model id that one provider lists; "default" or none for the first.',
  module: 'The module whose active preset, options and schema apply.',
  preset: 'A preset of the module other than its active one.',
  messages: "OpenAI's message shape.",
  params: "Sampling options in OpenAI's spelling; anything else goes to the provider as it is.",
  schema: "A JSON Schema for the reply; null turns the module's own off.",
  stream: 'Answer as server-sent events.',
  mock: 'Answer here, without a network: the last user message, or the smallest instance of the schema.',
  dry_run: 'Plan only: what would be sent, byte for byte, and what it would cost.',
  retries: 'How often a failed request is sent again, before the first content only. 2 by default.',
  fallback: "`shortlist` goes on to the module's other presets that are enabled, keyed and alive.",
  allow_retired: 'Send to a model that is known to be gone.',
  provider_options: 'Merged into the request to the provider last: anything the provider takes.',
  context: 'Comes back in the answer as it is.',
  tags: 'Accepted and ignored.',
  acknowledged: 'Accepted and ignored.',
  ack_token: 'Accepted and ignored.',
};

const plan: Readonly<Record<string, string>> = {
  bytes: 'Length of the body in bytes.',
  sha256: 'Of the very bytes a live call sends, in hex.',
  curl: 'A command that sends the same bytes, with $VARIABLE where the key belongs.',
  headers: 'Secrets show as ••••last4.',
};

/** Descriptions of fields whose names are not self-explanatory. By schema, then by field. */
const docs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ChatSendRequest: chat,
  PublicProvidersChatRequest: chat,
  PacksRunRequest: {
    ...chat,
    variables: "The pack's variables by name.",
    send: 'Go on as a chat call with the rendered messages.',
  },
  ChatTestRequest: {
    ...chat,
    registry_id: 'A provider or runtime adapter; the same as `provider`.',
    prompt: 'One user message, in place of `messages`.',
    live: 'Let a cloud provider be asked; without it a cloud call is only planned.',
  },
  WirePlan: plan,
  Error: {
    code: 'What went wrong, for programs.',
    message: 'What went wrong, for a person.',
    error: 'The message again.',
    detail: 'The message again.',
    details: "More about it; of a failed provider call the provider's own words and every attempt.",
    request_id: "The caller's X-Request-ID where it was a plain one, else a new one; in every log line.",
  },
};

const isObject = (value: unknown): value is SchemaObject => typeof value === 'object' && value !== null;

function withDocs(schema: SchemaObject, fields: Readonly<Record<string, string>>): SchemaObject {
  const { properties } = schema;
  if (!isObject(properties)) return schema;
  const described = Object.entries(properties).map(([name, field]) => {
    const description = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return [name, description && isObject(field) ? { description, ...field } : field] as const;
  });
  return { ...schema, properties: Object.fromEntries(described) };
}

/** Adds the field descriptions to the schemas. */
export function describeFields(schemas: Record<string, SchemaObject>): Record<string, SchemaObject> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const fields = Object.hasOwn(docs, name) ? docs[name] : undefined;
      return [name, fields ? withDocs(schema, fields) : schema];
    }),
  );
}
