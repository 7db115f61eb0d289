import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messagesFields, outputConfigFields, toolFields } from './anthropic-messages/fields.ts';
import { configFields, declarationFields, generateFields } from './gemini-generate/fields.ts';
import { chatFields, generateFields as ollamaGenerateFields, optionFields } from './ollama/fields.ts';
import { completionsFields } from './openai-completions/fields.ts';
import { embeddingFields } from './openai-embeddings/request.ts';
import {
  functionToolFields,
  reasoningFields,
  responsesFields,
  textFields,
} from './openai-responses/fields.ts';
import { listOf, type FieldLists } from './shared/field-lists.ts';

const { resolve } = createRequire(import.meta.url);

/** The fields of an interface in a client's type definitions, used as machine-readable documentation. */
function fieldsOf(file: string, name: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const start = lines.findIndex((line) => new RegExp(`\\binterface ${name}\\b`).test(line));
  const end = lines.findIndex((line, index) => index > start && line.trimEnd() === '}');
  const fields = lines.slice(start, end).flatMap((line) => /^ {4}'?(\w+)'?\??:/.exec(line)?.[1] ?? []);
  if (start < 0 || fields.length === 0) throw new Error(`no interface ${name} in ${file}`);
  return fields;
}

const besides = (name: string, file: string) => join(dirname(resolve(name)), file);
const openAi = (path: string) => besides('openai', `resources/${path}`);
const anthropic = (path: string) => besides('@anthropic-ai/sdk', `resources/${path}`);
const ollama = besides('ollama', 'browser.d.mts');
const google = resolve('@google/genai').replace(/\bdist\b.*$/, join('dist', 'genai.d.ts'));

/** Client parameters that are not body fields: this one is a header. */
const elsewhere = ['betas'];

const documented: [string, FieldLists, string[]][] = [
  ['responses', responsesFields, fieldsOf(openAi('responses/responses.d.ts'), 'ResponseCreateParamsBase')],
  ['responses, reasoning', reasoningFields, fieldsOf(openAi('shared.d.ts'), 'Reasoning')],
  ['responses, text', textFields, fieldsOf(openAi('responses/responses.d.ts'), 'ResponseTextConfig')],
  ['responses, tool', functionToolFields, fieldsOf(openAi('responses/responses.d.ts'), 'FunctionTool')],
  ['completions', completionsFields, fieldsOf(openAi('completions.d.ts'), 'CompletionCreateParamsBase')],
  ['embeddings', embeddingFields, fieldsOf(openAi('embeddings.d.ts'), 'EmbeddingCreateParams')],
  ['messages', messagesFields, fieldsOf(anthropic('messages/messages.d.ts'), 'MessageCreateParamsBase')],
  [
    'messages, beta',
    messagesFields,
    fieldsOf(anthropic('beta/messages/messages.d.ts'), 'MessageCreateParamsBase'),
  ],
  [
    'messages, output_config',
    outputConfigFields,
    fieldsOf(anthropic('messages/messages.d.ts'), 'OutputConfig'),
  ],
  ['messages, tool', toolFields, fieldsOf(anthropic('messages/messages.d.ts'), 'Tool')],
  ['ollama chat', chatFields, fieldsOf(ollama, 'ChatRequest')],
  ['ollama generate', ollamaGenerateFields, fieldsOf(ollama, 'GenerateRequest')],
  ['ollama options', optionFields, fieldsOf(ollama, 'Options')],
  ['gemini generationConfig', configFields, fieldsOf(google, 'GenerationConfig')],
  ['gemini declaration', declarationFields, fieldsOf(google, 'FunctionDeclaration')],
];

describe.each(documented)('%s', (_, lists, fields) => {
  it('has a rule for every documented field', () => {
    const undecided = fields.filter((name) => listOf(name, lists) === undefined && !elsewhere.includes(name));
    expect(undecided).toEqual([]);
  });

  it('has each field in exactly one list', () => {
    const names = [lists.taken, ...[lists.native, lists.accepted, lists.refused].map(Object.keys)].flat();
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('has a reason for every rule', () => {
    const rules = [lists.native, lists.accepted, lists.refused].flatMap((list) => Object.values(list));
    expect(rules.filter(({ why }) => why.length < 10)).toEqual([]);
  });
});

it('Gemini’s body fields match the REST reference', () => {
  const reference = [
    'contents',
    'tools',
    'toolConfig',
    'safetySettings',
    'systemInstruction',
    'generationConfig',
    'cachedContent',
    'serviceTier',
    'store',
  ];
  expect(reference.filter((name) => listOf(name, generateFields) === undefined)).toEqual([]);
});
