import { z } from 'zod';
import { expectation } from '../scores/expectation.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'small letters, digits and "-"');
const id = z
  .string()
  .min(1)
  .max(200)
  // Shown in tables and written into files.
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, 'one line of text');

/** The first line of a set's file. */
export const trialSetHeader = z.strictObject({
  /** The form of the file. */
  format: z.literal(1),
  name,
  title: z.string().min(1).max(200),
  description: z.string().max(2000).optional(),
  module: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'small letters, digits and "_"'),
  /** An SPDX identifier, or words: whether the set may be passed on. */
  licence: z.string().min(1).max(200),
  /** BCP 47; for sets of translations. */
  source_language: z.string().min(2).max(35).optional(),
  target_language: z.string().min(2).max(35).optional(),
});
export type TrialSetHeader = z.infer<typeof trialSetHeader>;

/** The header of a set of translations: the only module whose replies are compared with references. */
export type TranslationSetHeader = TrialSetHeader & { module: 'translate' };

/** Every further line: what one request is made of, and what is known about a good reply to it. */
export const trialUnit = z.strictObject({
  /** Unique in the set. */
  id,
  /** Neighbouring units of one scene belong together. */
  scene: id.optional(),
  /** The variables of the module's prompt pack, all that are sent. */
  variables: z.record(z.string(), z.unknown()),
  /** `translate` only: good translations of `variables.source_text`. */
  references: z.array(z.string().trim().min(1)).min(1).optional(),
  /** Beside the checks of the prompt pack, which hold for every unit. */
  expect: z.array(expectation).optional(),
  tags: z.array(name).optional(),
  /** For people: what makes this unit worth asking. */
  note: z.string().max(500).optional(),
});
export type TrialUnit = z.infer<typeof trialUnit>;

export interface TrialSet {
  header: TrialSetHeader;
  units: TrialUnit[];
}

/** A set as JSON lines, ending in a line break: the header, then a unit a line. `readTrialSet` reads it back. */
export function writeTrialSet({ header, units }: TrialSet): string {
  return [header, ...units].map((line) => `${JSON.stringify(line)}\n`).join('');
}
