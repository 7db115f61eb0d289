import type { PanelCommand } from '../../../state/commands.ts';

/** One line of the palette. */
export interface PaletteEntry extends PanelCommand {
  note?: string;
  struck?: boolean;
}

const maxShown = 80;

/** Entries that contain all words of the query; at most as many as a list can show. */
export function matchingEntries(entries: readonly PaletteEntry[], query: string): PaletteEntry[] {
  const searchTerms = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found: PaletteEntry[] = [];
  for (const entry of entries) {
    const text = `${entry.label} ${entry.note ?? ''} ${entry.group} ${entry.keywords ?? ''}`.toLowerCase();
    if (searchTerms.every((word) => text.includes(word))) found.push(entry);
    if (found.length === maxShown) break;
  }
  return found;
}

/** Entries by heading, in the order of each heading's first entry. */
export function inGroups(entries: readonly PaletteEntry[]): [string, PaletteEntry[]][] {
  const groups = new Map<string, PaletteEntry[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups];
}
