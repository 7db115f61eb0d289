import type { CheckResult, PackCheck } from '../../../../contract/pack-check.ts';
import { shown, type CheckInput, type Fault, type Judge } from './check-input.ts';
import * as text from './text-checks.ts';
import * as value from './value-checks.ts';
import { valuesAt } from './values-at.ts';

/** One function per kind: a kind without one does not compile. */
const judges: { [K in PackCheck['kind']]: Judge<K> } = {
  one_of: value.oneOf,
  equals_variable: value.equalsVariable,
  same: value.same,
  empty: value.empty,
  characters: value.characters,
  count: value.count,
  keys: value.keys,
  unique: value.unique,
  keeps_cues: text.keepsCues,
  keeps_markup: text.keepsMarkup,
  keeps_lines: text.keepsLines,
  uses_terms: text.usesTerms,
  lacks: text.lacks,
  no_cue_of: text.noCueOf,
};

/** The paths of variables that a check requires. */
export function neededVariables(check: PackCheck): string[] {
  const of = check.kind === 'one_of' || check.kind === 'lacks' ? [check.of] : [];
  const variable = 'variable' in check ? [check.variable] : [];
  const glossary = check.kind === 'uses_terms' ? [check.glossary] : [];
  return [...of, ...variable, ...glossary];
}

/** Why a check does not apply to this reply, or null if it does. */
function notAsked(check: PackCheck, variables: CheckInput['variables']): string | null {
  if (check.when) {
    const { variable, is } = check.when;
    const [found = null] = valuesAt(variables, variable) ?? [];
    if (!is.some((one) => one === found)) return `${variable} is ${shown(found)}`;
  }
  const missing = neededVariables(check).find((path) => {
    const values = valuesAt(variables, path);
    return values === undefined || values[0] === null;
  });
  return missing === undefined ? null : `no ${missing} was given`;
}

function runCheck(check: PackCheck, input: CheckInput): CheckResult {
  const { id, message } = check;
  const idle = notAsked(check, input.variables);
  if (idle !== null) return { id, ok: true, message: `does not apply: ${idle}` };
  const judge = judges[check.kind] as (check: PackCheck, input: CheckInput) => Fault | null;
  const fault = judge(check, input);
  if (fault === null) return { id, ok: true, message };
  const { wrong, ...counted } =
    typeof fault === 'string' ? { wrong: fault } : { wrong: fault.wrong, faults: fault.count };
  return { id, ok: false, message: `not so: ${message} (${wrong})`, kind: check.kind, ...counted };
}

/** Runs a pack's checks on a reply, in order. Changes nothing and never throws. */
export function runChecks(checks: readonly PackCheck[], input: CheckInput): CheckResult[] {
  return checks.map((check) => runCheck(check, input));
}
