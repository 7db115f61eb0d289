import type { z } from 'zod';
import { isObject } from '../../lib/json.ts';
import { readJsonLines, type LineProblem } from './json-lines.ts';
import { trialSetHeader, trialUnit, type TrialSet, type TrialUnit } from './trial-set.ts';

/** Validates a unit's variables by its prompt pack; a path starts with the variable's name. */
export type VariableRules = (variables: Record<string, unknown>) => { path: string; message: string }[];

export interface ReadTrialSet {
  /** The valid units; null if the header is missing or invalid. A set with problems is incomplete. */
  set: TrialSet | null;
  problems: LineProblem[];
}

const pathText = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part),
    '',
  );

function problemsOf(error: z.ZodError, line: number): LineProblem[] {
  return error.issues.map((issue) => ({ line, path: pathText(issue.path), message: issue.message }));
}

/** Serializes independently of key order, so that equal variables mean the same request. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

/** Finds the line that already has the same text. */
class Seen {
  readonly #lines = new Map<string, number>();

  earlier(text: string, line: number): number | undefined {
    const before = this.#lines.get(text);
    if (before === undefined) this.#lines.set(text, line);
    return before;
  }
}

function unitProblems(unit: TrialUnit, module: string, rules: VariableRules | undefined) {
  const problems = (rules?.(unit.variables) ?? []).map(({ path, message }) => ({
    path: `variables.${path}`,
    message,
  }));
  if (unit.references && module !== 'translate')
    problems.push({
      path: 'references',
      message: `only sets of the module translate have references; this is one of ${module}`,
    });
  const ids = (unit.expect ?? []).map((one) => one.id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) problems.push({ path: 'expect', message: `has the id "${twice}" twice` });
  return problems;
}

/**
 * Reads a set of JSON lines: a header, then one unit per line. Every problem is reported by line and path;
 * units without problems are kept.
 * @param rules the variables declared by the module's prompt pack, by module; without it they are not checked
 */
export function readTrialSet(
  text: string,
  rules?: (module: string) => VariableRules | undefined,
): ReadTrialSet {
  const { lines, problems } = readJsonLines(text);
  const [first, ...rest] = lines;
  const header = trialSetHeader.safeParse(first?.value);
  if (!header.success) {
    const hint = {
      line: first?.line ?? 1,
      path: '',
      message: 'the first line has to be the header: { "format": 1, "name", "title", "module", "licence" }',
    };
    return {
      set: null,
      problems: [...problems, hint, ...(first ? problemsOf(header.error, first.line) : [])],
    };
  }
  const variableRules = rules?.(header.data.module);
  const ids = new Seen();
  const requests = new Seen();
  const units: TrialUnit[] = [];
  for (const { line, value } of rest) {
    const result = trialUnit.safeParse(value);
    if (!result.success) {
      problems.push(...problemsOf(result.error, line));
      continue;
    }
    const unit = result.data;
    const found = unitProblems(unit, header.data.module, variableRules);
    const sameId = ids.earlier(unit.id, line);
    if (sameId !== undefined)
      found.push({ path: 'id', message: `"${unit.id}" is the id of line ${sameId} already` });
    const sameRequest = requests.earlier(canonical(unit.variables), line);
    if (sameRequest !== undefined)
      found.push({ path: 'variables', message: `are the same as in line ${sameRequest}` });
    if (found.length) problems.push(...found.map((problem) => ({ line, ...problem })));
    else units.push(unit);
  }
  if (!rest.length && !problems.length)
    problems.push({ line: first?.line ?? 1, path: '', message: 'the set has no units' });
  return { set: { header: header.data, units }, problems: problems.sort((a, b) => a.line - b.line) };
}
