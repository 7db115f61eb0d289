import type { Dropped, Rewritten } from '../../../contract/plan.ts';
import type { ModelRule } from '../../../contract/provider.ts';

export interface RuledParams {
  params: Record<string, unknown>;
  rewritten: Rewritten[];
  dropped: Dropped[];
  warnings: string[];
  /** What the provider is known to answer with a 400; a live call is refused with these. */
  blocked: string[];
  /** Each complaint with the rule that it comes from. */
  broken: BrokenRule[];
}

export interface BrokenRule {
  rule: ModelRule;
  message: string;
  /** A live call is refused. */
  blocks: boolean;
}

function rangeText(
  rule: Extract<ModelRule, { rule: 'range' }>,
  model: string,
  value: number,
): string | undefined {
  const low = rule.min !== undefined && value < rule.min;
  const high = rule.max !== undefined && value > rule.max;
  if (!low && !high) return undefined;
  return `${model} takes ${rule.param} from ${rule.min ?? 'any'} to ${rule.max ?? 'any'}; ${value} is sent as it is`;
}

function suspended(rule: ModelRule, params: Record<string, unknown>): boolean {
  const unless = 'unless' in rule ? rule.unless : undefined;
  return Object.entries(unless ?? {}).some(([param, values]) => values.includes(params[param]));
}

function complaint(rule: ModelRule, model: string, params: Record<string, unknown>): string | undefined {
  if (rule.rule === 'range') {
    const value = params[rule.param];
    return typeof value === 'number' ? rangeText(rule, model, value) : undefined;
  }
  if (rule.rule === 'not_together') {
    if (!rule.params.every((param) => param in params)) return undefined;
    return (
      rule.message ?? `${model} refuses ${rule.params.join(' together with ')}: omit ${rule.params.at(-1)}`
    );
  }
  if (rule.rule === 'refused') {
    const set = rule.params.filter((param) => param in params);
    return set.length ? (rule.message ?? `${model} refuses ${set.join(', ')}`) : undefined;
  }
  return undefined;
}

/** What is known of a model, said about the parameters of one call. Nothing is taken out: we warn and send. */
export function applyRules(
  rules: readonly ModelRule[],
  model: string,
  given: Record<string, unknown>,
): RuledParams {
  const renames = rules.some(({ rule }) => rule === 'renamed');
  const params = renames ? { ...given } : given;
  const out: RuledParams = { params, rewritten: [], dropped: [], warnings: [], blocked: [], broken: [] };
  for (const rule of rules) {
    if (rule.rule === 'renamed') {
      if (!(rule.param in params)) continue;
      const reason = `${model} takes ${rule.param} under the name ${rule.to}`;
      if (rule.to in params) out.dropped.push({ param: rule.param, reason: `${reason}, which is set too` });
      else out.rewritten.push({ path: `/${rule.to}`, from: rule.param, to: rule.to, reason });
      params[rule.to] ??= params[rule.param];
      delete params[rule.param];
      continue;
    }
    const text = suspended(rule, given) ? undefined : complaint(rule, model, given);
    if (!text) continue;
    const blocks = rule.level === 'block';
    (blocks ? out.blocked : out.warnings).push(text);
    out.broken.push({ rule, message: text, blocks });
  }
  return out;
}
