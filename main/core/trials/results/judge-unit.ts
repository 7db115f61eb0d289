import type { CheckResult } from '../../../../contract/pack-check.ts';
import { checkExpectations, translationIn } from '../scores/check-expectations.ts';
import { chrfStatistics, type ChrfStatistics } from '../scores/chrf.ts';
import { compareCode } from '../../translation/text/compare-code.ts';
import type { CodeSyntax } from '../../translation/text/code-tokens.ts';
import type { TrialUnit } from '../sets/trial-set.ts';

/** The result of a unit's call. Amounts are US dollars; null means unknown. */
export interface TrialAnswer {
  /** The parsed JSON, or the text of a module without a schema; undefined without a reply. */
  reply: unknown;
  /** null: the module has no schema. Ignored without a reply. */
  schemaPassed: boolean | null;
  /** The results of the prompt pack's checks. */
  packChecks: readonly CheckResult[];
  estimatedUsd: number | null;
  actualUsd: number | null;
  /** From the request's first byte to the reply's last. */
  latencyMs: number | null;
  /** The error code, if the call failed. */
  error: string | null;
}

/** One unit's part in a preset's result. */
export interface UnitOutcome {
  unitId: string;
  schemaPassed: boolean | null;
  /** Failed checks of the pack and of the unit; a call without a reply fails the check `reply`. */
  failedChecks: string[];
  /** null: the unit has no references. */
  chrf: ChrfStatistics | null;
  /** null: neither source nor reply contains code. */
  codeKept: boolean | null;
  estimatedUsd: number | null;
  actualUsd: number | null;
  latencyMs: number | null;
  error: string | null;
}

/**
 * Judges one unit. A missing reply counts against the preset: the schema is not met, the code is lost, and
 * chrF compares with an empty text.
 * @param hasSchema whether the module has a schema, for calls without a reply
 */
export function judgeUnit(
  unit: TrialUnit,
  answer: TrialAnswer,
  { hasSchema, syntaxes }: { hasSchema: boolean; syntaxes?: readonly CodeSyntax[] },
): UnitOutcome {
  const { reply, estimatedUsd, actualUsd, latencyMs, error } = answer;
  const replied = reply !== undefined && error === null;
  const source = unit.variables['source_text'];
  const text = (replied ? translationIn(reply) : undefined) ?? '';
  const code = typeof source === 'string' ? compareCode(source, text, syntaxes) : null;
  const checks = [...answer.packChecks, ...checkExpectations(unit.expect ?? [], replied ? reply : undefined)];
  return {
    unitId: unit.id,
    schemaPassed: hasSchema ? replied && answer.schemaPassed === true : null,
    failedChecks: [...(replied ? [] : ['reply']), ...checks.flatMap(({ id, ok }) => (ok ? [] : [id]))],
    chrf: unit.references ? chrfStatistics(text, unit.references) : null,
    codeKept: code && (code.hasCode || !code.isSame) ? code.isSame : null,
    estimatedUsd,
    actualUsd,
    latencyMs,
    error,
  };
}
