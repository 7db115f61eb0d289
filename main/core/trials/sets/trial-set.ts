import { z } from 'zod';
import { fieldRules } from '../../../../contract/field-rules.ts';
import { expectation } from '../scores/expectation.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, fieldRules.small_with_hyphen);
const id = z
  .string()
  .min(1)
  .max(200)
  // Shown in tables and written to files.
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, 'one line of text');

/** The first line of a set's file. */
export const trialSetHeader = z.strictObject({
  /** The version of the file format. */
  format: z.literal(1),
  name,
  title: z.string().min(1).max(200),
  description: z.string().max(2000).optional(),
  module: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, fieldRules.small_with_underscore),
  /** An SPDX identifier, or text: whether the set may be redistributed. */
  licence: z.string().min(1).max(200),
  /** BCP 47; for sets of translations. */
  source_language: z.string().min(2).max(35).optional(),
  target_language: z.string().min(2).max(35).optional(),
});
export type TrialSetHeader = z.infer<typeof trialSetHeader>;

/** The header of a translation set: the only module whose replies are compared with references. */
export type TranslationSetHeader = TrialSetHeader & { module: 'translate' };

/** Every further line: the input of one request, and facts about a good reply. */
export const trialUnit = z.strictObject({
  /** Unique in the set. */
  id,
  /** Adjacent units of one scene belong together. */
  scene: id.optional(),
  /** All variables of the module's prompt pack for the request. */
  variables: z.record(z.string(), z.unknown()),
  /** `translate` only: good translations of `variables.source_text`. */
  references: z.array(z.string().trim().min(1)).min(1).optional(),
  /** In addition to the checks of the prompt pack, which apply to every unit. */
  expect: z.array(expectation).optional(),
  tags: z.array(name).optional(),
  /** For people: why this unit is in the set. */
  note: z.string().max(500).optional(),
});
export type TrialUnit = z.infer<typeof trialUnit>;

export interface TrialSet {
  header: TrialSetHeader;
  units: TrialUnit[];
}

/**
 * A set as JSON lines, ending in a line break: the header, then one unit per line. `readTrialSet` parses it.
 */
export function writeTrialSet({ header, units }: TrialSet): string {
  return [header, ...units].map((line) => `${JSON.stringify(line)}\n`).join('');
}
