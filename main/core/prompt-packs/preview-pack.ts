import type { PackPreview, PackProblem } from '../../../contract/user-pack.ts';
import { codedText } from '../lib/coded-text.ts';
import { packProblem } from './files/pack-problem.ts';
import { AppError } from '../lib/app-error.ts';
import { countPromptTokens } from '../registry/prices/count-tokens.ts';
import { refusedValue, type FieldProblem } from '../lib/validation.ts';
import type { CheckedPack } from './check-pack.ts';
import type { Pack } from './pack.ts';
import { renderPack } from './render-pack.ts';
import { TemplateFault } from './template/template-fault.ts';
import type { Values } from './variables.ts';

/** The values with which a pack is previewed. */
export function ownSamples({ file }: Pack): Values {
  return Object.fromEntries(file.variables.map(({ name, sample }) => [name, sample]));
}

/** A failed rendering as problems: of the given values, or of a template, with the position. */
function problemsOf(error: unknown): PackProblem[] {
  if (!(error instanceof AppError)) throw error;
  const fields = error.details?.['fields'];
  if (Array.isArray(fields))
    return (fields as FieldProblem[]).map(({ path, message }) => ({
      file: 'values',
      ...refusedValue(path.replace(/^variables\./, ''), message),
    }));
  const template = String(error.details?.['template'] ?? '');
  const location = error.cause instanceof TemplateFault ? error.cause.place : undefined;
  const { message } = error;
  const text = codedText('file_problem', 'template', { message }, message);
  return [packProblem(template.slice(template.indexOf('/') + 1), '', text, location)];
}

/** Removes duplicates, because several checks may find the same problem. */
function once(problems: PackProblem[]): PackProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ file, path, line, column, message }) => {
    const key = JSON.stringify(line === undefined ? [file, path, message] : [file, line, column]);
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * Renders a checked pack with the same renderer as saved ones. Never throws because of the pack's content.
 */
export async function previewPack(
  { pack, problems, uses }: CheckedPack,
  variables: Values | undefined,
): Promise<PackPreview> {
  const nothing = { messages: null, tokens: null, counted_by: null, uses };
  if (!pack) return { ...nothing, schema: null, problems: once(problems) };
  try {
    const messages = renderPack(pack, variables ?? ownSamples(pack));
    const { tokens, countedBy } = await countPromptTokens(messages, {}, false);
    return { messages, tokens, counted_by: countedBy, schema: pack.schema, problems: once(problems), uses };
  } catch (error) {
    return { ...nothing, schema: pack.schema, problems: once([...problems, ...problemsOf(error)]) };
  }
}
