import type { SelectOption } from './select.tsx';

const maxShown = 200;

/**
 * Options with all words of the query in their label, value or note; a list that is too long to render is
 * truncated.
 */
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
