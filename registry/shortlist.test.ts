import { describe, expect, test } from 'vitest';
import { readRegistryData } from './read-data.ts';

const openai = 'openai_public';
const anthropic = 'anthropic_public';
const gemini = 'google_gemini';
const azure = 'azure_openai';
const openrouter = 'openrouter';

type Row = [
  provider: string,
  model: string,
  temperature: number,
  topP: number,
  extras?: Record<string, unknown>,
];

const noThinking = { thinking: { type: 'disabled' } };
const oneTool = { structured_output: 'tool' };
const jsonMime = { response_mime_type: 'application/json' };

/** The shortlists of October 2024, typed from the original text instead of the files, in their order. */
const listed: Record<string, Row[]> = {
  translate: [
    [openai, 'gpt-4.1-mini', 0.1, 0.8],
    [openai, 'gpt-4o-mini', 0.15, 0.85],
    [anthropic, 'claude-3-haiku-20240307', 0.2, 0.8, { ...noThinking, ...oneTool }],
    [anthropic, 'claude-3.5-sonnet-20240620', 0.2, 0.85],
    [gemini, 'gemini-1.5-flash', 0.15, 0.6, jsonMime],
    [gemini, 'gemini-1.5-pro', 0.1, 0.4],
    [azure, 'gpt-4o-mini', 0.15, 0.85, { query: { 'api-version': '2024-06-01' } }],
    [azure, 'gpt-35-turbo', 0.1, 0.7],
    [openrouter, 'google/gemini-flash-1.5', 0.15, 0.6, { headers: { 'X-Title': 'ComfyVN LLM Panel' } }],
    [openrouter, 'mistralai/mistral-large-2', 0.2, 0.75],
  ],
  vn_chat: [
    [openai, 'gpt-4o', 0.65, 0.95],
    [openai, 'gpt-4.1', 0.6, 0.9],
    [openai, 'gpt-4.1-mini', 0.7, 0.95],
    [anthropic, 'claude-3.5-sonnet-20240620', 0.65, 0.95],
    [anthropic, 'claude-3-opus-20240229', 0.55, 0.9],
    [gemini, 'gemini-1.5-pro', 0.7, 0.95, { safety_settings: expect.any(Array) }],
    [azure, 'gpt-4o', 0.65, 0.95],
    [openrouter, 'meta-llama/llama-3.1-70b-instruct', 0.75, 0.95],
    [openrouter, 'perplexity/llama-3.1-sonar-large-128k-chat', 0.6, 0.9],
    [openrouter, 'qwen/qwen-2.5-72b-instruct', 0.7, 0.92],
  ],
  narrator: [
    [openai, 'gpt-4.1', 0.6, 0.92],
    [openai, 'gpt-4o', 0.7, 0.94, { presence_penalty: 0.6 }],
    [openai, 'gpt-4.1-mini', 0.7, 0.95],
    [anthropic, 'claude-3.5-opus-20240808', 0.65, 0.9, noThinking],
    [anthropic, 'claude-3.5-sonnet', 0.7, 0.95],
    [gemini, 'gemini-1.5-pro', 0.75, 0.96, jsonMime],
    [gemini, 'gemini-1.5-ultra', 0.65, 0.9],
    [azure, 'gpt-4o', 0.7, 0.94],
    [openrouter, 'meta-llama/llama-3.1-405b-instruct', 0.62, 0.9],
    [openrouter, 'nousresearch/hermes-3-llama-3.1-70b', 0.72, 0.95],
  ],
  worldbuild: [
    [openai, 'gpt-4.1', 0.45, 0.75],
    [openai, 'gpt-4o', 0.5, 0.8, { max_tokens: 2048 }],
    [openai, 'gpt-4.1-mini', 0.5, 0.82],
    [anthropic, 'claude-3.5-sonnet', 0.45, 0.78, oneTool],
    [anthropic, 'claude-3-opus', 0.4, 0.75],
    [gemini, 'gemini-1.5-pro', 0.5, 0.7, { fields: ['regions', 'factions', 'hooks', 'biomes', 'events'] }],
    [gemini, 'gemini-1.5-flash', 0.55, 0.75],
    [azure, 'gpt-4o', 0.48, 0.78],
    [openrouter, 'perplexity/sonar-medium-chat', 0.5, 0.8],
    [openrouter, 'mistralai/mixtral-8x22b-instruct', 0.52, 0.82],
  ],
  battle_narration: [
    [openai, 'gpt-4o', 0.75, 0.94],
    [openai, 'gpt-4.1', 0.7, 0.9, { frequency_penalty: 0.2 }],
    [openai, 'gpt-4.1-mini', 0.8, 0.96],
    [anthropic, 'claude-3.5-sonnet', 0.78, 0.96],
    [anthropic, 'claude-3.5-haiku-20241001', 0.82, 0.97],
    [gemini, 'gemini-1.5-flash', 0.85, 0.98],
    [gemini, 'gemini-1.5-pro', 0.8, 0.95],
    [azure, 'gpt-4o', 0.78, 0.94],
    [openrouter, 'meta-llama/llama-3.1-70b-instruct', 0.82, 0.96],
    [openrouter, 'deepseek/deepseek-chat', 0.85, 0.97],
  ],
};

/** The fields a module's replies have, as the shortlists name them. */
const fields: Record<string, string[] | undefined> = {
  translate: ['detected_language', 'translation'],
  vn_chat: undefined,
  narrator: ['narration'],
  worldbuild: ['regions', 'factions', 'hooks'],
  battle_narration: ['summary', 'next_hooks'],
};

const { modules } = readRegistryData();

function fieldsOf(schema: Record<string, unknown> | null | undefined): string[] | undefined {
  return schema ? Object.keys(schema['properties'] as object) : undefined;
}

/** A preset in the table's form: everything it sets, so that nothing can be added unseen. */
function rowOf(preset: (typeof modules)[number]['shortlist'][number]): unknown[] {
  const { temperature, top_p: topP, ...options } = preset.options;
  const schema = fieldsOf(preset.schema);
  const extras = { ...options, ...preset.provider_options, ...(schema && { fields: schema }) };
  return [preset.provider, preset.model, temperature, topP, ...(Object.keys(extras).length ? [extras] : [])];
}

describe.each(Object.entries(listed))('%s', (name, rows) => {
  const file = modules.find(({ module }) => module === name);
  const ten = (file?.shortlist ?? []).filter(({ origin }) => origin === 'shortlist-2024-10');

  test.each(rows.map((row, at) => ({ rank: at + 1, row })))(
    'rank $rank matches the shortlist',
    ({ rank, row }) => {
      expect(ten.filter((preset) => preset.rank === rank).map(rowOf)).toEqual([row]);
    },
  );

  test('replies have the fields of the shortlist', () => {
    expect(fieldsOf(file?.schema)).toEqual(fields[name]);
  });
});

test('the safety settings cover all four adjustable categories', () => {
  const tuned = modules
    .flatMap(({ shortlist }) => shortlist)
    .filter(({ options }) => options['safety_settings']);
  expect(tuned.map(({ id }) => id)).toEqual([
    'vn-chat-06-gemini-gemini-1.5-pro',
    'vn-chat-16-gemini-gemini-3.8-flash',
  ]);
  for (const { options } of tuned) {
    expect(options['safety_settings']).toEqual(
      ['HARASSMENT', 'HATE_SPEECH', 'SEXUALLY_EXPLICIT', 'DANGEROUS_CONTENT'].map((category) => ({
        category: `HARM_CATEGORY_${category}`,
        threshold: 'BLOCK_ONLY_HIGH',
      })),
    );
  }
});

test('quoted prices match the shortlist', () => {
  const { records } = readRegistryData();
  const quoted = records.flatMap(({ provider, listed_id: id, quoted: price }) =>
    price ? [[provider, id, price.input, price.output, price.as_of]] : [],
  );
  expect(quoted).toEqual([
    [openai, 'gpt-4.1', 60, 120, '2024-10'],
    [openai, 'gpt-4o', 5, 15, '2024-10'],
    [openai, 'gpt-4o-mini', 0.15, 0.6, '2024-10'],
    [anthropic, 'claude-3.5-sonnet-20240620', 3, 15, '2024-10'],
    [anthropic, 'claude-3.5-sonnet', 3, 15, '2024-10'],
    [anthropic, 'claude-3.5-haiku-20241001', 1, 5, '2024-10'],
    [gemini, 'gemini-1.5-flash', 0.35, 1.05, '2024-10'],
    [gemini, 'gemini-1.5-pro', 3.5, 10.5, '2024-10'],
    [azure, 'gpt-4o', 5, 15, '2024-10'],
  ]);
});
