import type { OperationInput } from '../../../../contract/operations/table.ts';
import type { ProjectFile } from '../../../../contract/translation.ts';
import { amountIn, textOf } from '../../../ui/amount.ts';

type Change = OperationInput<'translate.configure'>['set'];

/** The settings as the texts of their fields. */
export interface SettingsValues {
  name: string;
  target_language: string;
  source_language: string;
  language_folder: string;
  preset: string;
  provider: string;
  model: string;
  limit_usd: string;
  group_lines: string;
  context_lines: string;
  concurrency: string;
  style: string;
  encoding: string;
  include: string;
}

const texts = [
  'source_language',
  'language_folder',
  'preset',
  'provider',
  'model',
  'style',
  'encoding',
] as const;
const counts = ['group_lines', 'context_lines', 'concurrency'] as const;
const min = { group_lines: 1, context_lines: 0, concurrency: 1 } as const;
const max = { group_lines: 200, context_lines: 20, concurrency: 64 } as const;

export function valuesOf(settings: ProjectFile): SettingsValues {
  const text = (value: string | number | undefined) => (value === undefined ? '' : String(value));
  return {
    name: settings.name,
    target_language: settings.target_language,
    source_language: text(settings.source_language),
    language_folder: text(settings.language_folder),
    preset: text(settings.preset),
    provider: text(settings.provider),
    model: text(settings.model),
    limit_usd: textOf(settings.limit_usd ?? null),
    group_lines: text(settings.group_lines),
    context_lines: text(settings.context_lines),
    concurrency: text(settings.concurrency),
    style: text(settings.style),
    encoding: text(settings.encoding),
    include: (settings.include ?? []).join(', '),
  };
}

/** Fields whose text is not a valid number for the setting. */
export function wrongNumbers(values: SettingsValues): ('limit_usd' | (typeof counts)[number])[] {
  const invalid = counts.filter((name) => {
    const text = values[name].trim();
    const value = Number(text);
    return text !== '' && !(Number.isInteger(value) && value >= min[name] && value <= max[name]);
  });
  return amountIn(values.limit_usd) === undefined ? ['limit_usd', ...invalid] : invalid;
}

/** The changes for `translate.configure`; an empty field removes its setting. */
export function changeOf(before: SettingsValues, after: SettingsValues): Change {
  const change: Record<string, unknown> = {};
  const differs = (name: keyof SettingsValues) => before[name].trim() !== after[name].trim();
  for (const name of ['name', 'target_language'] as const)
    if (differs(name) && after[name].trim() !== '') change[name] = after[name].trim();
  for (const name of texts) if (differs(name)) change[name] = after[name].trim() || null;
  for (const name of counts)
    if (differs(name)) change[name] = after[name].trim() === '' ? null : Number(after[name]);
  if (differs('limit_usd')) change['limit_usd'] = amountIn(after.limit_usd);
  if (differs('include')) {
    const patterns = after.include
      .split(',')
      .map((pattern) => pattern.trim())
      .filter((pattern) => pattern !== '');
    change['include'] = patterns.length > 0 ? patterns : null;
  }
  return change as Change;
}
