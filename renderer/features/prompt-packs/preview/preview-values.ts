import type { PackWork } from '../drafts/pack-draft.ts';
import { setPreviewTexts } from '../drafts/drafts.ts';
import { textOf } from '../edit/pack-variables.ts';

/** Fills the preview with a sample's variables; null restores the declared samples. */
export function applySample(module: string, work: PackWork, name: string | null): void {
  const sample = name === null ? undefined : work.samples?.[name];
  const variables = (sample as { variables?: Record<string, unknown> } | undefined)?.variables;
  if (!variables) return setPreviewTexts(module, null);
  const texts = Object.entries(variables).map(([variable, value]) => [variable, textOf(value)]);
  // Variables that the sample omits are empty, instead of showing their declared sample.
  const declared = Array.isArray(work.pack.variables) ? (work.pack.variables as { name: string }[]) : [];
  const empty = declared.map((variable) => [variable.name, '']);
  setPreviewTexts(module, Object.fromEntries([...empty, ...texts]) as Record<string, string>);
}

/** The name of the sample that the texts match; empty for the declared samples, null for no match. */
export function sampleShown(
  work: PackWork,
  texts: Readonly<Record<string, string>> | undefined,
): string | null {
  if (!texts) return '';
  const found = Object.entries(work.samples ?? {}).find(([, sample]) => {
    const variables = (sample as { variables?: Record<string, unknown> } | null)?.variables ?? {};
    const names = new Set([...Object.keys(variables), ...Object.keys(texts)]);
    return [...names].every((name) => {
      const value = variables[name];
      return (value === undefined ? '' : textOf(value)) === (texts[name] ?? '');
    });
  });
  return found?.[0] ?? null;
}
