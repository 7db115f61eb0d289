import { z } from 'zod';

const theme = z.enum(['system', 'light', 'dark']);
const textSize = z.number().int().min(90).max(130);
const drafts = z.record(z.string(), z.unknown());

/** What the panel remembers for one person on one machine. Never a secret. */
export const panelSettings = z.object({
  theme: theme.default('system'),
  /** In percent. */
  text_size: textSize.default(100),
  /** Unsent work by place, opaque to main. An update replaces the places it names. */
  drafts: drafts.default({}),
});
export type PanelSettings = z.infer<typeof panelSettings>;

export const settingsUpdate = z.strictObject({
  theme: theme.optional(),
  text_size: textSize.optional(),
  drafts: drafts.optional(),
});
export type SettingsUpdate = z.infer<typeof settingsUpdate>;
