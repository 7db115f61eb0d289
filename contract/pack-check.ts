import { z } from 'zod';
import { fieldRules } from './field-rules.ts';

/**
 * A path in a reply or in a pack's variables: names joined by dots, `[]` after a list (`beats[].speaker`).
 * Empty for the whole value. A missing value counts as no value.
 */
export const packPath = z.string().regex(/^$|^[\w$]+(\[\])?(\.[\w$]+(\[\])?)*$/, fieldRules.dotted_path);

const places = z.array(packPath).min(1);
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const bounds = {
  min: z.number().int().nonnegative().optional(),
  max: z.number().int().nonnegative().optional(),
};

const every = {
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, fieldRules.small_with_hyphen),
  /** What the check ensures, for users: a sentence that is true if the check passes. */
  message: z.string().min(1),
  /** The check applies only if the variable has one of these values. */
  when: z.strictObject({ variable: packPath, is: z.array(scalar).min(1) }).optional(),
};

/**
 * A guardrail that a JSON Schema cannot express, as data. `at` is a path in the reply; `of`, `variable` and
 * `glossary` are paths in the variables. A check whose variable is not set does not apply.
 */
export const packCheck = z.discriminatedUnion('kind', [
  /** Every value at `at` is one of those at `of`, or one of `or`. */
  z.strictObject({
    ...every,
    kind: z.literal('one_of'),
    at: packPath,
    of: packPath,
    or: z.array(scalar).optional(),
  }),
  /** The value at `at` equals the variable's. */
  z.strictObject({ ...every, kind: z.literal('equals_variable'), at: packPath, variable: packPath }),
  /** The values at both paths of the reply are equal. */
  z.strictObject({ ...every, kind: z.literal('same'), at: packPath, as: packPath }),
  /** The values at these paths are empty: null, "", [] or {}. */
  z.strictObject({ ...every, kind: z.literal('empty'), at: places }),
  /** Total characters (Unicode code points) of all texts at these paths. */
  z.strictObject({ ...every, kind: z.literal('characters'), at: places, ...bounds }),
  /** Number of items in the list at `at`. */
  z.strictObject({ ...every, kind: z.literal('count'), at: packPath, ...bounds }),
  /** The object at `at` has no other keys than these. */
  z.strictObject({ ...every, kind: z.literal('keys'), at: packPath, of: z.array(z.string()) }),
  /** No two values at `at` are equal, ignoring case. */
  z.strictObject({ ...every, kind: z.literal('unique'), at: packPath }),
  /**
   * Each line of the variable that begins with a speaker cue (`Aya:`) still does; the glossary may translate
   * it.
   */
  z.strictObject({
    ...every,
    kind: z.literal('keeps_cues'),
    at: packPath,
    variable: packPath,
    glossary: packPath.optional(),
  }),
  /**
   * Code in the variable's text (`[player]`, `{i}`, `%s`, `\C[1]`) occurs equally often in the reply; a
   * doubled `[[` is text.
   */
  z.strictObject({ ...every, kind: z.literal('keeps_markup'), at: packPath, variable: packPath }),
  /** The reply has as many lines as the variable's text. */
  z.strictObject({ ...every, kind: z.literal('keeps_lines'), at: packPath, variable: packPath }),
  /** For each glossary key that is a word of the variable's text, the reply contains its value as a word. */
  z.strictObject({
    ...every,
    kind: z.literal('uses_terms'),
    at: packPath,
    variable: packPath,
    glossary: packPath,
  }),
  /** None of the texts at `of` occurs, ignoring case. */
  z.strictObject({ ...every, kind: z.literal('lacks'), at: packPath, of: packPath }),
  /** No line begins with the variable's text as a speaker cue. */
  z.strictObject({ ...every, kind: z.literal('no_cue_of'), at: packPath, variable: packPath }),
]);
export type PackCheck = z.infer<typeof packCheck>;

/** The result of a check on one reply. Checks never change the reply. */
export const checkResult = z.object({
  id: z.string(),
  ok: z.boolean(),
  message: z.string(),
  /** For a failed check, a short name of the problem. */
  kind: z.string().optional(),
  /** Number of problems, if they can be counted. */
  faults: z.number().int().positive().optional(),
});
export type CheckResult = z.infer<typeof checkResult>;
