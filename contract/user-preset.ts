import { z } from 'zod';
import { noticeDetail, noticeFields, textDetail } from './coded-texts.ts';
import { preset, presetEntry, presetOrigin } from './module-preset.ts';
import { moduleNotice, providerEntry } from './provider.ts';
import { packContent } from './user-pack.ts';

/** Maximum number of the user's own presets in one module. */
export const maxOwnPresets = 200;

export const presetId = presetEntry.shape.id;

/** A preset's settings, without id, rank and origin. */
export const presetSettings = presetEntry.pick({
  provider: true,
  model: true,
  options: true,
  schema: true,
  provider_options: true,
  ignore_rules: true,
  notes: true,
});
export type PresetSettings = z.infer<typeof presetSettings>;

/** The user's own preset, as written in its file. */
export const userPreset = z.strictObject({ id: presetId, ...presetSettings.shape });
export type UserPreset = z.infer<typeof userPreset>;

const ownParts = {
  presets: z.array(userPreset).max(maxOwnPresets),
  /** Edited shipped presets, complete, by id; the originals stay in the product. */
  edits: z.record(presetId, presetSettings),
};

/** `config/llm/presets/<module>.json`. `active` is the user's choice; null uses the product's default. */
export const userPresetFile = z.strictObject({
  version: z.literal(1),
  active: presetId.nullable(),
  ...ownParts,
});
export type UserPresetFile = z.infer<typeof userPresetFile>;

export const presetDocumentKind = 'comfyvn-llm-panel/presets';

/** One module in an exported document; without `active` the importing user's choice stays. */
export const exportedModule = z.strictObject({ active: presetId.nullable().optional(), ...ownParts });
export type ExportedModule = z.infer<typeof exportedModule>;

/** A field that an export omits, because it contains a credential or looks like one. */
export const leftOut = z.strictObject({ path: z.string(), reason: z.string() });

/** The same for a field that is hidden; the detail is a code of `hidden_field` in `coded-texts.ts`. */
export const hiddenField = leftOut.extend({ reason_detail: textDetail });
export type HiddenField = z.infer<typeof hiddenField>;

/** The format of exports and imports; it never contains a secret. */
export const presetDocument = z.strictObject({
  kind: z.literal(presetDocumentKind),
  version: z.literal(1),
  modules: z.record(z.string(), exportedModule),
  providers: z.array(providerEntry).max(200).optional(),
  packs: z.array(packContent).max(20).optional(),
  left_out: z.array(leftOut).optional(),
});
export type PresetDocument = z.infer<typeof presetDocument>;

/** A change that can be undone while it is among the last 50 of this run. */
export const change = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  /** What was changed, for display, in English. */
  summary: z.string(),
  /** The same as a code of `change` in `coded-texts.ts`. */
  summary_detail: textDetail.optional(),
});
export type Change = z.infer<typeof change>;

/** A preset in both forms. */
export const presetForms = z.object({
  id: z.string(),
  rank: z.number(),
  origin: presetOrigin,
  /** The shipped form; null for the user's own preset. */
  shipped: presetEntry.nullable(),
  current: preset,
  /** True if the current form differs from the shipped one. */
  dirty: z.boolean(),
});
export type PresetForms = z.infer<typeof presetForms>;

export const modulePresets = z.object({
  module: z.string(),
  label: z.string(),
  /** The user's choice; null if the product or ComfyVN's file decides. */
  chosen: z.string().nullable(),
  /**
   * The preset that serves the module now (null for ComfyVN's own default), and why it is not the chosen one.
   */
  active: z.string().nullable(),
  moved: z.string().nullable(),
  /** End dates, price changes and findings from the provider's own list, for the active preset. */
  notices: z.array(moduleNotice),
  presets: z.array(presetForms),
  /** Changes that can be undone, latest first. */
  changes: z.array(change),
  ...noticeFields,
});
export type ModulePresets = z.infer<typeof modulePresets>;

/** What an import would do, or did, to one item. */
export const importItem = z.object({
  /** null for a provider, a persona and a whole file. */
  module: z.string().nullable(),
  what: z.enum(['preset', 'edit', 'active', 'provider', 'pack', 'persona', 'file']),
  /**
   * A preset's or persona's id or a provider's name; for `active` the choice, for a pack its title, for a
   * file its name.
   */
  id: z.string().nullable(),
  outcome: z.enum(['added', 'replaced', 'same', 'refused']),
  /** Why it was refused. Both texts also as codes of `import_note` in `coded-texts.ts`. */
  reason: z.string().optional(),
  reason_detail: noticeDetail.optional(),
  note: z.string().optional(),
  note_detail: textDetail.optional(),
});
export type ImportItem = z.infer<typeof importItem>;
