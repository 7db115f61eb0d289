import type { CodedText } from '../../../../contract/coded-texts.ts';
import type { LeftOutPart } from '../../../../contract/sillytavern.ts';
import type { UserPreset } from '../../../../contract/user-preset.ts';
import { codedText } from '../../lib/coded-text.ts';
import type { JsonObject } from '../../lib/json.ts';
import type { Registry } from '../../registry/build-registry.ts';
import { addressOfProvider, dataOfExtensions, Fields, idOf } from './fields.ts';
import { targetOf, type Target } from './providers.ts';

/** A preset as far as the file contains one; `refused` says why there is none. */
export interface ReadPreset {
  id: string;
  target: Target;
  preset: UserPreset | null;
  refused: CodedText<'import_note'> | undefined;
}

/** The field with the model, if it is not `<source>_model`. */
const modelFields: Readonly<Record<string, string>> = {
  makersuite: 'google_model',
  azure_openai: 'azure_openai_model',
};

/** Samplers that SillyTavern sends only to these services, and the values that mean "off". */
const extraSamplers: Readonly<Record<string, { sources: readonly string[]; off: number }>> = {
  top_k: { sources: ['claude', 'makersuite', 'openrouter'], off: 0 },
  top_a: { sources: ['openrouter'], off: 0 },
  min_p: { sources: ['openrouter'], off: 0 },
  repetition_penalty: { sources: ['openrouter'], off: 1 },
};

/** Maps SillyTavern's effort names to ours. Its `auto` is the model's default. */
const efforts: Readonly<Record<string, string>> = {
  min: 'minimal',
  low: 'low',
  medium: 'medium',
  high: 'high',
  max: 'max',
};

const promptFields = [
  'prompts',
  'prompt_order',
  'main_prompt',
  'nsfw_prompt',
  'jailbreak_prompt',
  'impersonation_prompt',
  'continue_nudge_prompt',
  'group_nudge_prompt',
  'new_chat_prompt',
  'new_group_chat_prompt',
  'new_example_chat_prompt',
  'wi_format',
  'scenario_format',
  'personality_format',
  'assistant_prefill',
  'assistant_impersonation',
];

export const isChatPreset = (value: JsonObject) =>
  ['chat_completion_source', 'openai_max_tokens', 'openai_max_context', 'openai_model'].some((name) =>
    Object.hasOwn(value, name),
  ) ||
  (Array.isArray(value['prompts']) && Array.isArray(value['prompt_order']));

/** Versions used different names: the first that is a number. */
function numberOf(fields: Fields, ...names: string[]): number | undefined {
  for (const name of names) {
    const number = fields.number(name);
    if (number !== undefined) return number;
  }
  return undefined;
}

function optionsOf(fields: Fields, source: string): UserPreset['options'] {
  const options: UserPreset['options'] = {};
  const set = (name: string, value: number | undefined, least: number, max: number) => {
    if (value === undefined) return;
    if (value >= least && value <= max) options[name] = value;
    else
      fields.leave(name, codedText('import_left_out', 'out_of_range', { value }, `${value} is out of range`));
  };
  set('temperature', numberOf(fields, 'temperature', 'temp_openai'), 0, 2);
  set('top_p', numberOf(fields, 'top_p', 'top_p_openai'), 0, 1);
  set('frequency_penalty', numberOf(fields, 'frequency_penalty', 'freq_pen_openai'), -2, 2);
  set('presence_penalty', numberOf(fields, 'presence_penalty', 'pres_pen_openai'), -2, 2);
  const tokens = fields.number('openai_max_tokens');
  set('max_tokens', tokens === undefined ? undefined : Math.floor(tokens), 1, 10_000_000);
  const seed = fields.number('seed');
  if (seed !== undefined && Number.isSafeInteger(seed) && seed >= 0) options.seed = seed;
  for (const [name, { sources, off }] of Object.entries(extraSamplers)) {
    const value = numberOf(fields, name, `${name}_openai`);
    if (value === undefined || value === off) continue;
    if (sources.includes(source)) options[name] = value;
    else
      fields.leave(
        name,
        codedText(
          'import_left_out',
          'not_sent_to',
          { service: source },
          `SillyTavern does not send it to ${source}`,
        ),
      );
  }
  const effort = fields.text('reasoning_effort');
  const ours = Object.hasOwn(efforts, effort) ? efforts[effort] : undefined;
  if (ours) options['reasoning'] = ours;
  else if (effort && effort !== 'auto')
    fields.leave(
      'reasoning_effort',
      codedText('import_left_out', 'unknown_effort', {}, 'this effort is not known'),
    );
  return options;
}

/**
 * A Chat Completion preset, in SillyTavern's export format or from its settings (`oai_settings`).
 * @param name the file name without extension, because the file does not contain a name
 */
export function readChatPreset(
  value: JsonObject,
  name: string,
  registry: Registry,
  leftOut: LeftOutPart[],
  path = '',
): ReadPreset {
  const fields = new Fields(value, path, leftOut);
  // The first versions supported only OpenAI.
  const source = fields.text('chat_completion_source') || 'openai';
  const target = targetOf(source, source === 'custom' ? fields.text('custom_url') : '', registry);
  const model = fields.text(modelFields[source] ?? `${source}_model`);
  const id = idOf('st', name);
  const options = optionsOf(fields, source);
  fields.leaveAll(
    promptFields,
    codedText(
      'import_left_out',
      'prompts',
      {},
      'prompts belong into a prompt pack: copy what you need in Prompt packs',
    ),
  );
  fields.leaveAll(
    ['proxy_password', 'custom_include_headers'],
    codedText('import_left_out', 'may_hold_key', {}, 'it may hold a key: keys are never imported'),
  );
  fields.leaveAll(['reverse_proxy'], addressOfProvider);
  fields.leaveAll(
    ['custom_include_body', 'custom_exclude_body', 'logit_bias', 'bias_presets'],
    codedText(
      'import_left_out',
      'provider_options',
      {},
      'write it into the preset’s provider options by hand',
    ),
  );
  fields.leaveAll(
    ['openai_max_context'],
    codedText('import_left_out', 'context_of_model', {}, 'the context of the model itself holds'),
  );
  fields.leaveAll(['extensions'], dataOfExtensions);
  const n = fields.number('n');
  if (n !== undefined && n > 1)
    fields.leave('n', codedText('import_left_out', 'one_reply', {}, 'one reply is asked for'));
  const noModel =
    model === '' || model === 'OR_Website'
      ? codedText('import_note', 'no_model', { source }, `it names no model for ${source}`)
      : undefined;
  const refused = 'problem' in target ? target.problem : noModel;
  if (refused !== undefined || 'problem' in target) return { id, target, preset: null, refused };
  const notes = `Imported from SillyTavern: ${name}`.slice(0, 300);
  return { id, target, refused, preset: { id, provider: target.provider, model, options, notes } };
}
