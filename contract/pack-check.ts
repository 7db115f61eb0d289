import { z } from 'zod';

/**
 * A place in a reply or among a pack's variables: names joined by dots, `[]` after a list (`beats[].speaker`).
 * Empty for the whole. What is not there counts as no value.
 */
export const packPath = z
  .string()
  .regex(/^$|^[\w$]+(\[\])?(\.[\w$]+(\[\])?)*$/, 'names joined by dots, "[]" after a list');

const places = z.array(packPath).min(1);
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const bounds = {
  min: z.number().int().nonnegative().optional(),
  max: z.number().int().nonnegative().optional(),
};

const every = {
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'small letters, digits and "-"'),
  /** What is promised, for a person: it reads as true when the check holds. */
  message: z.string().min(1),
  /** The check is only made when the variable has one of these values. */
  when: z.strictObject({ variable: packPath, is: z.array(scalar).min(1) }).optional(),
};

/**
 * A guardrail that a JSON Schema cannot express, as data. `at` is a place in the reply, `of`, `variable` and
 * `glossary` are places among the variables; a check whose variable was not given does not apply.
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
  /** The value at `at` is the variable's. */
  z.strictObject({ ...every, kind: z.literal('equals_variable'), at: packPath, variable: packPath }),
  /** The values at both places of the reply are the same. */
  z.strictObject({ ...every, kind: z.literal('same'), at: packPath, as: packPath }),
  /** The values at these places are empty: null, "", [] or {}. */
  z.strictObject({ ...every, kind: z.literal('empty'), at: places }),
  /** Characters (Unicode code points) of all texts at these places together. */
  z.strictObject({ ...every, kind: z.literal('characters'), at: places, ...bounds }),
  /** Items of the list at `at`. */
  z.strictObject({ ...every, kind: z.literal('count'), at: packPath, ...bounds }),
  /** The object at `at` has no other keys than these. */
  z.strictObject({ ...every, kind: z.literal('keys'), at: packPath, of: z.array(z.string()) }),
  /** No two values at `at` are equal, case aside. */
  z.strictObject({ ...every, kind: z.literal('unique'), at: packPath }),
  /** Each line of the variable that begins with a speaker cue (`Aya:`) still does; the glossary may rename one. */
  z.strictObject({
    ...every,
    kind: z.literal('keeps_cues'),
    at: packPath,
    variable: packPath,
    glossary: packPath.optional(),
  }),
  /** Code in the variable's text (`[player]`, `{i}`, `%s`, `\C[1]`) is there as often in the reply; a doubled `[[` is text. */
  z.strictObject({ ...every, kind: z.literal('keeps_markup'), at: packPath, variable: packPath }),
  /** The reply has as many lines as the variable's text. */
  z.strictObject({ ...every, kind: z.literal('keeps_lines'), at: packPath, variable: packPath }),
  /** For each key of the glossary that the variable's text has as a word, the reply has its value as one. */
  z.strictObject({
    ...every,
    kind: z.literal('uses_terms'),
    at: packPath,
    variable: packPath,
    glossary: packPath,
  }),
  /** None of the texts at `of` occurs, case aside. */
  z.strictObject({ ...every, kind: z.literal('lacks'), at: packPath, of: packPath }),
  /** No line begins with the variable's text as a speaker cue. */
  z.strictObject({ ...every, kind: z.literal('no_cue_of'), at: packPath, variable: packPath }),
]);
export type PackCheck = z.infer<typeof packCheck>;

/** A check held against one reply. It never changes the reply. */
export const checkResult = z.object({
  id: z.string(),
  ok: z.boolean(),
  message: z.string(),
  /** Of a check that failed, for a short name of what is wrong. */
  kind: z.string().optional(),
  /** How many things are wrong, where that can be counted. */
  faults: z.number().int().positive().optional(),
});
export type CheckResult = z.infer<typeof checkResult>;
