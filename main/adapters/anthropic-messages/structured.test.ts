import { describe, expect, it } from 'vitest';
import type { StructuredOutput } from '../../../contract/provider.ts';
import type { JsonObject, ProviderRequest } from '../define.ts';
import { anthropicMessages } from './adapter.ts';

const line = {
  type: 'object',
  properties: { line: { type: 'string' } },
  required: ['line'],
  additionalProperties: false,
};
const look = {
  type: 'function',
  function: { name: 'look_at', parameters: { type: 'object', properties: {} } },
};

function request(
  params: JsonObject,
  schema?: JsonObject,
  structuredOutput?: StructuredOutput,
): ProviderRequest {
  const chat = { messages: [{ role: 'user' as const, content: 'Hi' }], params, stream: false };
  const asked = schema ? { ...chat, schema: { name: 'reply', schema } } : chat;
  return anthropicMessages.toRequest(asked, { provider: 'a', model: 'm', settings: {}, structuredOutput });
}

const choice = (params: JsonObject, mode?: StructuredOutput) => request(params, line, mode).body.tool_choice;

describe('a schema as a tool', () => {
  it('lets the model call the caller’s tools first', () => {
    expect(choice({ tools: [look] })).toEqual({ type: 'any' });
    expect(choice({ tools: [look], tool_choice: 'required' })).toEqual({ type: 'any' });
  });

  it('keeps a choice of one tool, and forces the reply where the caller wants no tool called', () => {
    const named = { type: 'function', function: { name: 'look_at' } };
    expect(choice({ tools: [look], tool_choice: named })).toEqual({ type: 'tool', name: 'look_at' });
    expect(choice({ tools: [look], tool_choice: 'none' })).toMatchObject({
      type: 'tool',
      name: 'reply_in_json',
    });
  });

  it('is not forced while the model thinks, which the API refuses, but requested in the text', () => {
    const { body, rewritten } = request({ thinking: { type: 'enabled', budget_tokens: 1024 } }, line, 'tool');
    expect(body.tool_choice).toEqual({ type: 'auto' });
    expect(body.system).toContain('"reply_in_json"');
    expect(rewritten.map((entry) => entry.path)).toContain('/system');
    expect(choice({ thinking: { type: 'disabled' } })).toMatchObject({ type: 'tool' });
  });

  it.each([
    ['a list', { type: 'array', items: { $ref: '#/$defs/S' }, $defs: { S: { type: 'string' } } }],
    ['a combinator beside the type', { ...line, anyOf: [{ required: ['line'] }] }],
    ['no type', { enum: ['yes', 'no'] }],
  ])('wraps a root that a tool’s input cannot have: %s', (_, schema) => {
    const { body, rewritten } = request({}, schema);
    const { $defs, ...value } = schema as JsonObject;
    expect(body.tools).toEqual([expect.objectContaining({ name: 'reply_in_json_value' })]);
    expect((body.tools as JsonObject[])[0]?.input_schema).toEqual({
      type: 'object',
      properties: { value },
      required: ['value'],
      ...($defs === undefined ? {} : { $defs }),
    });
    expect(rewritten.map((entry) => entry.path)).toContain('/tools/0/input_schema');
  });

  it('is used where the model’s own format cannot express the schema', () => {
    const tree = { ...line, properties: { line: { $ref: '#' } } };
    const { body } = request({}, tree, 'json_schema');
    expect(body).toMatchObject({ tool_choice: { type: 'auto' }, tools: [{ input_schema: tree }] });
    expect(body).not.toHaveProperty('output_config');
  });
});

describe('output_config.format', () => {
  it('is set beside the caller’s own output_config and tools, and replaces a format in it', () => {
    const { body, rewritten } = request(
      { output_config: { effort: 'high', format: { type: 'other' } }, tools: [look] },
      line,
      'json_schema',
    );
    expect(body.output_config).toEqual({ effort: 'high', format: { type: 'json_schema', schema: line } });
    expect(body).not.toHaveProperty('tool_choice');
    expect(rewritten).toContainEqual(expect.objectContaining({ from: { type: 'other' }, to: 'json_schema' }));
  });

  it('reports an invalid output_config that it replaces', () => {
    const { rewritten } = request({ output_config: 'high' }, line, 'json_schema');
    expect(rewritten).toContainEqual(expect.objectContaining({ from: 'high', to: 'json_schema' }));
  });
});

describe('response_format', () => {
  it('requests JSON in the system text where it has no schema', () => {
    const { body, applied } = request({ response_format: { type: 'json_object' } });
    expect(body.system).toContain('one JSON object');
    expect(applied).toContain('response_format');
  });

  it('reports an unknown format', () => {
    const { dropped } = request({ response_format: { type: 'grammar' } });
    expect(dropped).toMatchObject([{ param: 'response_format', reason: expect.stringContaining('schema') }]);
  });
});
