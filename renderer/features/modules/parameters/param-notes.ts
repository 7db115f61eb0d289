import type { PresetOptions } from '../../../../contract/module-preset.ts';
import type { BrokenRuleView, PresetCheck } from '../../../../contract/preset-check.ts';
import { reasonText } from '../../../api/reason-text.ts';
import { warningText } from '../../../api/warning-text.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';

const t = modulesMessages.preset;

/** One change that resolves a note. */
export type Fix = { kind: 'omit'; param: string } | { kind: 'set'; param: string; value: number };

/** A rule as a note shows it; a preset ignores it by `id`. */
export interface NoteRule {
  id: string;
  source?: string;
  as_of?: string;
}

/** A remark on one parameter: what a call would do with it. */
export interface ParamNote {
  /** The rule behind the note, if there is one. */
  rule?: NoteRule;
  /** `blocks`: a live call is refused. */
  tone: 'blocks' | 'warns' | 'informs';
  text: string;
  fixes: readonly Fix[];
}

type CheckResult = Pick<PresetCheck, 'broken' | 'dropped' | 'rewritten' | 'inherited' | 'named_rules'>;

/** A rule by its id, with its source. */
export function noteRule(
  id: string | undefined,
  { named_rules }: Pick<PresetCheck, 'named_rules'>,
): NoteRule | undefined {
  if (id === undefined) return undefined;
  const { source, as_of } = named_rules.find((one) => one.id === id)?.rule ?? {};
  return { id, ...(source ? { source } : {}), ...(as_of ? { as_of } : {}) };
}

/** The parameters of a rule that a call would send. */
function sentOf(params: readonly string[], { inherited }: CheckResult, options: PresetOptions): string[] {
  return params.filter((name) => (options[name] === undefined ? name in inherited : options[name] !== null));
}

function fixesOf({ rule }: BrokenRuleView, check: CheckResult, options: PresetOptions): Fix[] {
  if (rule.rule === 'not_together' || rule.rule === 'refused') {
    const sent = sentOf(rule.params, check, options);
    return sent.toReversed().map((param) => ({ kind: 'omit', param }));
  }
  if (rule.rule !== 'range') return [];
  const value = Number(options[rule.param] ?? check.inherited[rule.param]?.value);
  const bound = rule.max !== undefined && value > rule.max ? rule.max : rule.min;
  return bound === undefined ? [] : [{ kind: 'set', param: rule.param, value: bound }];
}

/** The parameter whose row shows a broken rule: the one that the message advises to leave out. */
function rowOf({ rule }: BrokenRuleView, check: CheckResult, options: PresetOptions): string | undefined {
  if ('param' in rule) return rule.param;
  if (!('params' in rule)) return undefined;
  return sentOf(rule.params, check, options).at(-1);
}

/** The notes under one parameter's row. */
export function notesFor(name: string, check: CheckResult, options: PresetOptions): ParamNote[] {
  const broken = check.broken.filter((one) => rowOf(one, check, options) === name);
  const dropped = check.dropped.filter(({ param }) => param === name);
  const rewritten = check.rewritten.filter(({ path, from }) => from === name || path === `/${name}`);
  return [
    ...broken.map((one) => ({
      tone: one.blocks ? ('blocks' as const) : ('warns' as const),
      text: warningText(one.warning),
      fixes: fixesOf(one, check, options),
      rule: noteRule(one.id, check),
    })),
    ...dropped.map((one) => ({
      rule: noteRule(one.rule, check),
      tone: 'warns' as const,
      text: t.droppedNote(reasonText(one)),
      fixes: [{ kind: 'omit' as const, param: name }],
    })),
    ...rewritten.map((one) => ({
      rule: noteRule(one.rule, check),
      tone: 'informs' as const,
      text: t.rewrittenNote(reasonText(one), JSON.stringify(one.to)),
      fixes: [],
    })),
  ];
}

/** The notes above the rows, which belong to none of them. */
export function otherNotes(
  check: CheckResult & Pick<PresetCheck, 'warning_details'>,
  options: PresetOptions,
  shown: readonly string[],
): Pick<ParamNote, 'text' | 'rule'>[] {
  const broken = check.broken.filter((one) => !shown.includes(rowOf(one, check, options) ?? ''));
  const dropped = check.dropped.filter(({ param }) => !shown.includes(param));
  return [
    ...check.warning_details.map((one) => ({ text: warningText(one) })),
    ...broken.map(({ warning, id }) => ({ text: warningText(warning), rule: noteRule(id, check) })),
    ...dropped.map((one) => ({
      text: `${one.param}: ${t.droppedNote(reasonText(one))}`,
      rule: noteRule(one.rule, check),
    })),
  ];
}

export function fixLabel(fix: Fix): string {
  return fix.kind === 'omit' ? t.fixOmit(fix.param) : t.fixSet(fix.param, String(fix.value));
}
