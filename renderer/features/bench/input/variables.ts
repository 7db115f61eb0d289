import { create } from 'zustand';
import type { PackVariable } from '../../../../contract/prompt-pack.ts';

/** A variable's value as it stands in its box: text, or JSON for anything but a string. */
export type VariableTexts = Readonly<Record<string, string>>;

/** Messages written by hand, or the variables of the module's prompt pack. */
export type InputForm = 'messages' | 'variables';

interface Variables {
  forms: Readonly<Record<string, InputForm>>;
  byModule: Readonly<Record<string, VariableTexts>>;
}

/** What was written into the forms of prompt packs, by module; stored across starts by `drafts-autosave.ts`. */
export const useVariables = create<Variables>(() => ({ forms: {}, byModule: {} }));

export function setInputForm(module: string, form: InputForm): void {
  useVariables.setState(({ forms }) => ({ forms: { ...forms, [module]: form } }));
}

export function setVariable(module: string, name: string, text: string): void {
  useVariables.setState(({ byModule }) => ({
    byModule: { ...byModule, [module]: { ...byModule[module], [name]: text } },
  }));
}

/** Puts whole values into the form, e.g. those of a call in the log. */
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

/** What the box of a variable shows: what was typed, else its sample. */
export function shownText(variable: PackVariable, texts: VariableTexts | undefined): string {
  return texts?.[variable.name] ?? textOf(variable.sample);
}

/** A text as the value that its variable takes. Text that is not JSON stays text: the renderer in main says what is wrong. */
function valueOf({ type }: PackVariable, text: string): unknown {
  if (type === 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The values to render with; an optional variable whose box was emptied is left out. */
export function variableValues(
  variables: readonly PackVariable[],
  texts: VariableTexts | undefined,
): Record<string, unknown> {
  const given = variables.flatMap((variable) => {
    const text = shownText(variable, texts);
    return text === '' && !variable.required ? [] : [[variable.name, valueOf(variable, text)] as const];
  });
  return Object.fromEntries(given);
}
