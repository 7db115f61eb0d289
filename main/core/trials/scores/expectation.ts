import { z } from 'zod';
import { fieldRules } from '../../../../contract/field-rules.ts';
import { packPath } from '../../../../contract/pack-check.ts';
import { testableLanguages } from '../../translation/text/text-language.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const bound = z.number().int().nonnegative().optional();

/** One or several paths in the reply, as in a pack's checks; an empty path is the whole reply. */
const places = z.union([packPath, z.array(packPath).min(1)]);
const texts = z.array(z.string().trim().min(1)).min(1);

const every = {
  /** Unique within its unit; names the expectation in results. */
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, fieldRules.small_with_hyphen),
  at: places,
};

/** A property of a good reply to this one unit, which a program can check. */
export const expectation = z
  .discriminatedUnion('kind', [
    /** At least one of the texts occurs, ignoring case, as a whole word in scripts with spaces. */
    z.strictObject({ ...every, kind: z.literal('mentions'), any: texts }),
    /** None of the texts occurs. */
    z.strictObject({ ...every, kind: z.literal('lacks'), none: texts }),
    /** Each value at the paths is one of these. */
    z.strictObject({ ...every, kind: z.literal('one_of'), values: z.array(scalar).min(1) }),
    /** Each of these values occurs at the paths. */
    z.strictObject({ ...every, kind: z.literal('includes'), values: z.array(scalar).min(1) }),
    /** Total Unicode code points of all texts at the paths. */
    z.strictObject({ ...every, kind: z.literal('characters'), min: bound, max: bound }),
    /** Number of values at the paths: items of a list with `hooks[]`. */
    z.strictObject({ ...every, kind: z.literal('count'), min: bound, max: bound }),
    /** The texts together are in this language. */
    z.strictObject({ ...every, kind: z.literal('language'), language: z.enum(testableLanguages) }),
  ])
  .refine((one) => !('min' in one || 'max' in one) || (one.min ?? 0) <= (one.max ?? Infinity), {
    message: fieldRules.min_above_max,
  })
  .refine((one) => !['characters', 'count'].includes(one.kind) || 'min' in one || 'max' in one, {
    message: fieldRules.min_or_max,
  });
export type Expectation = z.infer<typeof expectation>;
