import type { PackVariable } from '../../../../contract/prompt-pack.ts';
import type { PackUse } from '../../../../contract/user-pack.ts';
import type { PackWork } from '../drafts/pack-draft.ts';

/** The variables of `pack.json`, possibly invalid; main reports their problems. */
export function variablesOf({ pack }: PackWork): PackVariable[] {
  return Array.isArray(pack.variables) ? (pack.variables as PackVariable[]) : [];
}

export function withVariables(work: PackWork, variables: readonly PackVariable[]): PackWork {
  return { ...work, pack: { ...work.pack, variables } };
}

/** The names that a template reads but the pack does not declare, each at its first use. */
export function undeclared(work: PackWork, uses: readonly PackUse[]): PackUse[] {
  const known = new Set(variablesOf(work).map(({ name }) => name));
  const seen = new Set<string>();
  return uses.filter(({ name }) => !known.has(name) && !seen.has(name) && seen.add(name));
}

const samples: Record<PackVariable['type'], unknown> = {
  string: 'Some text.',
  number: 1,
  boolean: true,
  object: {},
  array: [],
};

/** A valid sample for this type. */
export function sampleFor(type: PackVariable['type']): unknown {
  return samples[type];
}

/** A name that is not used yet. */
export function freeName(variables: readonly PackVariable[], wanted = 'variable'): string {
  const taken = new Set(variables.map(({ name }) => name));
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}_${n}`;
    if (!taken.has(name)) return name;
  }
}

export function newVariable(name: string, description: string, required = true): PackVariable {
  return { name, type: 'string', required, description, sample: sampleFor('string') };
}

/** A value as text for its box. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}

/** The value of a text; undefined if the text is invalid. */
export function valueOf(type: PackVariable['type'], text: string): { value: unknown } | undefined {
  if (type === 'string') return { value: text };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** The values for a preview: typed ones, else the samples. Invalid JSON is sent as text. */
export function previewValues(
  variables: readonly PackVariable[],
  texts: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const entries = variables.flatMap(({ name, type, required, sample }): [string, unknown][] => {
    const text = texts[name];
    if (text === undefined) return [[name, sample]];
    if (text === '' && !required) return [];
    return [[name, (valueOf(type, text) ?? { value: text }).value]];
  });
  return Object.fromEntries(entries);
}
