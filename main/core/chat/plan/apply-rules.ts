import type { CodedDropped, CodedRewritten } from '../../../../contract/plan.ts';
import type { AdapterName, ModelRule } from '../../../../contract/provider.ts';
import type { Reason, ReasonValues, ruleValues } from '../../../../contract/reasons.ts';
import type { Warning } from '../../../../contract/warnings.ts';
import { reason, reasonFields } from '../../../adapters/shared/reason.ts';
import type { JsonObject } from '../../lib/json.ts';
import { warning } from '../../lib/warning.ts';
import {
  bodyPlaces,
  findParam,
  holds,
  paramPlaces,
  withoutPlace,
  withValueAt,
  type RuledRequest,
} from './rule-paths.ts';

export interface BrokenRule {
  rule: ModelRule;
  warning: Warning;
  /** If true, a live call is refused. */
  blocks: boolean;
}

/** The effect of the model rules on a request. */
export interface RuleOutcome {
  body: JsonObject;
  rewritten: CodedRewritten[];
  dropped: CodedDropped[];
  /** JSON pointers into `body` for the parameters that were left out. */
  droppedPlaces: string[];
  warnings: Warning[];
  /** Parameters that the provider is known to reject with a 400; a live call with these is refused. */
  blocked: Warning[];
  /** Each violation with its rule. Dropped parameters are not violations. */
  broken: BrokenRule[];
}

export interface RuledParams extends Omit<RuleOutcome, 'body' | 'droppedPlaces'> {
  params: Record<string, unknown>;
}

/** A rule's id, as used in `ignore_rules`. */
export function ruleId(rule: ModelRule): string {
  if (rule.id) return rule.id;
  if (rule.rule === 'forbidden') return rule.rule;
  return `${rule.rule}:${'params' in rule ? rule.params.join('+') : rule.param}`;
}

/** The rules without the ignored ones, and a warning for each ignored or unknown id. */
export function withoutIgnored(
  rules: readonly ModelRule[],
  ignored: readonly string[],
  model: string,
): { rules: readonly ModelRule[]; warnings: Warning[] } {
  if (ignored.length === 0) return { rules, warnings: [] };
  const known = new Set(rules.map(ruleId));
  const warnings = ignored.map((id) =>
    known.has(id)
      ? warning('rule_ignored', { rule: id }, `the rule "${id}" is ignored, as ignore_rules asks`)
      : warning('unknown_rule', { rule: id, model }, `ignore_rules: no rule "${id}" applies to ${model}`),
  );
  return { rules: rules.filter((rule) => !ignored.includes(ruleId(rule))), warnings };
}

function suspended({ unless }: ModelRule, request: RuledRequest): boolean | null {
  const tests = Array.isArray(unless)
    ? unless
    : Object.entries(unless ?? {}).map(([at, values]) => ({ at, in: values }));
  const found = tests.map((test) => holds(test, request));
  return found.includes(true) || (found.includes(null) ? null : false);
}

/** Whether a rule applies to a request. A rule that depends on the final request waits for that. */
function applies(rule: ModelRule, request: RuledRequest): boolean {
  if (suspended(rule, request) !== false) return false;
  return (rule.when ?? []).every((test) => holds(test, request) === true);
}

/** What a rule says: a warning, or the reason why it drops a parameter. */
type RuleText = Reason<keyof typeof ruleValues>;

interface Found {
  param: string;
  place: string;
  text: RuleText;
}

/** A rule's own text, or else `otherwise`. */
function ownText(rule: ModelRule, otherwise: RuleText): RuleText {
  if (!('message' in rule) || rule.message === undefined) return otherwise;
  return reason('model_rule', { ...ruled(rule), text: rule.message }, rule.message);
}

function ruled(rule: ModelRule): Pick<ReasonValues['model_rule'], 'rule' | 'blocks'> {
  return { rule: ruleId(rule), blocks: rule.level === 'block' };
}

function outOfRange(
  rule: Extract<ModelRule, { rule: 'range' }>,
  model: string,
  request: RuledRequest,
): Found[] {
  const found = findParam(request, rule.param);
  if (typeof found?.value !== 'number') return [];
  const low = rule.min !== undefined && found.value < rule.min;
  const high = rule.max !== undefined && found.value > rule.max;
  if (!low && !high) return [];
  const what = rule.level === 'drop' ? 'is left out' : 'is sent as it is';
  const text = `${model} takes ${rule.param} from ${rule.min ?? 'any'} to ${rule.max ?? 'any'}; ${found.value} ${what}`;
  const { param, min = null, max = null } = rule;
  const values = { ...ruled(rule), model, param, min, max, value: found.value };
  return [{ param, place: found.place, text: reason('value_out_of_range', values, text) }];
}

/** The parameters of the request that a rule concerns. */
function foundBy(rule: ModelRule, model: string, request: RuledRequest): Found[] {
  if (rule.rule === 'range') return outOfRange(rule, model, request);
  if (rule.rule !== 'refused' && rule.rule !== 'not_together') return [];
  const set = rule.params.flatMap((param) => {
    const found = findParam(request, param);
    if (!found || ('except' in rule && rule.except?.includes(found.value))) return [];
    return [{ param, place: found.place }];
  });
  if (rule.rule === 'refused') {
    const params = set.map(({ param }) => param).join(', ');
    const values = { ...ruled(rule), model, params };
    const refused = reason('parameters_refused', values, `${model} refuses ${params}`);
    return set.map((one) => ({ ...one, text: ownText(rule, refused) }));
  }
  if (set.length < rule.params.length) return [];
  const omit = rule.params.at(-1) ?? '';
  const together = reason(
    'parameters_conflict',
    { ...ruled(rule), model, params: rule.params.join(', '), omit },
    `${model} refuses ${rule.params.join(' together with ')}: omit ${omit}`,
  );
  return set.slice(-1).map((one) => ({ ...one, text: ownText(rule, together) }));
}

function rename(
  rule: Extract<ModelRule, { rule: 'renamed' }>,
  model: string,
  request: RuledRequest,
  out: RuleOutcome,
): void {
  const { param, to } = rule;
  const value = out.body[param];
  if (value === undefined || value === null) return;
  const id = ruleId(rule);
  const set_too = out.body[to] !== undefined && out.body[to] !== null;
  const text = `${model} takes ${param} under the name ${to}${set_too ? ', which is set too' : ''}`;
  const why = reasonFields(reason('renamed_by_rule', { model, param, to, set_too }, text));
  if (set_too) out.dropped.push({ param, ...why, rule: id });
  else out.rewritten.push({ path: `/${to}`, from: param, to, ...why, rule: id });
  const { [param]: _renamed, ...others } = out.body;
  out.body = { ...others, [to]: others[to] ?? value };
  request.body = out.body;
}

function replace(
  rule: Extract<ModelRule, { rule: 'replaced' }>,
  model: string,
  request: RuledRequest,
  out: RuleOutcome,
): void {
  const found = findParam(request, rule.param);
  if (typeof found?.value !== 'string' || !Object.hasOwn(rule.values, found.value)) return;
  const to = rule.values[found.value];
  const { param, message } = rule;
  const { place: path, value } = found;
  const why =
    message === undefined
      ? reason('value_replaced', { model, param, value }, `${model} has no ${param} "${value}"`)
      : reason('model_rule', { ...ruled(rule), text: message }, message);
  out.rewritten.push({ path, from: value, to, ...reasonFields(why), rule: ruleId(rule) });
  request.body = out.body = withValueAt(out.body, found.place, to);
}

function complain(rule: ModelRule, found: RuleText, out: RuleOutcome): void {
  const blocks = rule.level === 'block';
  const named = blocks && rule.id ? { ...found, message: `${found.message} (rule ${rule.id})` } : found;
  (blocks ? out.blocked : out.warnings).push(named);
  out.broken.push({ rule, warning: named, blocks });
}

function judge(rule: ModelRule, found: readonly Found[], request: RuledRequest, out: RuleOutcome): void {
  if (rule.level !== 'drop') {
    if (found[0]) complain(rule, found[0].text, out);
    return;
  }
  for (const { param, place: location, text } of found) {
    request.body = out.body = withoutPlace(out.body, location);
    out.dropped.push({ param, ...reasonFields(text), rule: ruleId(rule) });
    out.droppedPlaces.push(location);
  }
}

function run(
  rules: readonly ModelRule[],
  model: string,
  request: RuledRequest,
  settled: ReadonlySet<ModelRule>,
): RuleOutcome {
  const out: RuleOutcome = {
    body: request.body,
    rewritten: [],
    dropped: [],
    droppedPlaces: [],
    warnings: [],
    blocked: [],
    broken: [],
  };
  const final = request.headers !== null;
  for (const rule of rules) {
    if (settled.has(rule) || !applies(rule, request)) continue;
    if (rule.rule === 'renamed') rename(rule, model, request, out);
    else if (rule.rule === 'replaced' || rule.rule === 'forbidden') {
      // Both rules concern the final body, however it was built.
      if (!final) continue;
      if (rule.rule === 'replaced') replace(rule, model, request, out);
      else complain(rule, reason('model_rule', { ...ruled(rule), text: rule.message }, rule.message), out);
    } else judge(rule, foundBy(rule, model, request), request, out);
  }
  return out;
}

/**
 * Applies rules to a call's parameters before an adapter builds the body. Parameters that the model refuses
 * are dropped here, so that the adapter's choices do not depend on them. Rules that need the final request
 * are left to `applyToRequest`.
 */
export function applyRules(
  rules: readonly ModelRule[],
  model: string,
  params: Record<string, unknown>,
): RuledParams {
  const request: RuledRequest = { body: params, headers: null, query: null, places: paramPlaces };
  const { body, droppedPlaces: _places, ...out } = run(rules, model, request, new Set());
  return { params: body, ...out };
}

/** The whole request, as it would be sent. */
export interface FinalRequest {
  adapter: AdapterName;
  body: JsonObject;
  /** Header names in lower case. */
  headers: Record<string, string>;
  query: Record<string, string>;
}

/** Applies rules to the final body, URL and headers, which include `provider_options`. */
export function applyToRequest(
  rules: readonly ModelRule[],
  model: string,
  { adapter, ...request }: FinalRequest,
  before: readonly BrokenRule[],
): RuleOutcome {
  const places = (param: string) => bodyPlaces(adapter, param);
  return run(rules, model, { ...request, places }, new Set(before.map(({ rule }) => rule)));
}
