import { create } from 'zustand';
import type { PackVariable } from '../../../../contract/prompt-pack.ts';

/** A variable's value as text: a string unchanged, anything else as JSON. */
export type VariableTexts = Readonly<Record<string, string>>;

/** Messages written by hand, or the variables of the module's prompt pack. */
export type InputForm = 'messages' | 'variables';

interface Variables {
  forms: Readonly<Record<string, InputForm>>;
  byModule: Readonly<Record<string, VariableTexts>>;
}

/** What was typed into the forms of prompt packs, by module; stored across starts by `saved-drafts.ts`. */
export const useVariables = create<Variables>(() => ({ forms: {}, byModule: {} }));

export function setInputForm(module: string, form: InputForm): void {
  useVariables.setState(({ forms }) => ({ forms: { ...forms, [module]: form } }));
}

export function setVariable(module: string, name: string, text: string): void {
  useVariables.setState(({ byModule }) => ({
    byModule: { ...byModule, [module]: { ...byModule[module], [name]: text } },
  }));
}

/** Fills the form with values, e.g. those of a logged call. */
export function setVariables(module: string, values: Record<string, unknown>): void {
  const texts = Object.entries(values).map(([name, value]) => [name, textOf(value)]);
  useVariables.setState(({ byModule }) => ({
    byModule: { ...byModule, [module]: Object.fromEntries(texts) as VariableTexts },
  }));
}

/** A value as text for its box. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}

/** The text in a variable's box: what was typed, else its sample. */
export function shownText(variable: PackVariable, texts: VariableTexts | undefined): string {
  return texts?.[variable.name] ?? textOf(variable.sample);
}

/** The value of a text. Invalid JSON is sent as text: the core then reports what is wrong. */
function valueOf({ type }: PackVariable, text: string): unknown {
  if (type === 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The values to render with. An optional variable whose box was emptied is left out. */
export function variableValues(
  variables: readonly PackVariable[],
  texts: VariableTexts | undefined,
): Record<string, unknown> {
  const entries = variables.flatMap((variable) => {
    const text = shownText(variable, texts);
    return text === '' && !variable.required ? [] : [[variable.name, valueOf(variable, text)] as const];
  });
  return Object.fromEntries(entries);
}
