import type { SelectOption } from './select.tsx';

const maxShown = 200;

/** Options with all of the words in their label, value or note; a list too long to draw is cut. */
export function matchingOptions(options: readonly SelectOption[], query: string): SelectOption[] {
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found: SelectOption[] = [];
  for (const option of options) {
    const text = `${option.label} ${option.value} ${option.note ?? ''}`.toLowerCase();
    if (terms.every((term) => text.includes(term))) found.push(option);
    if (found.length === maxShown) break;
  }
  return found;
}
