import { rowNow } from '../../ui/use-list-focus.ts';

/** Named parts of the content. A toast is not one of them: it disappears by itself. */
const parts = 'article, aside, form[aria-label], section[aria-label], [role="group"][aria-label], main';

/** Where the focus was: an element with its surroundings, which say where to go if it disappears. */
export interface FocusLocation {
  element: Element;
  /** The named parts around the element, innermost first. */
  parts: HTMLElement[];
  list: Element | null;
  /** The row before it in its list. `at` is its index, in case the list's rows are drawn anew. */
  before: HTMLElement | undefined;
  at: number;
}

const rowsOf = (list: Element) => [...list.querySelectorAll<HTMLElement>('[data-row]')];

/** The location of an element: a row, or an element that belongs to one, such as its rename field. */
export function locationOf(element: Element): FocusLocation {
  const list = element.closest('nav');
  const preceding = (row: HTMLElement) =>
    (row.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && !row.contains(element);
  const rows = list ? rowsOf(list).filter(preceding) : [];
  return { element, parts: partsAround(element), list, before: rows.at(-1), at: rows.length };
}

function partsAround(element: Element): HTMLElement[] {
  const part = element.closest<HTMLElement>(parts);
  return part ? [part, ...(part.parentElement ? partsAround(part.parentElement) : [])] : [];
}

/** The row that is now where the focus was: the same row if it was drawn anew, else the next or last one. */
export function rowAt(location: FocusLocation): HTMLElement | undefined {
  const { element } = location;
  return (element.isConnected ? undefined : rowNow(element)) ?? nextRow(location);
}

function nextRow({ element, list, before, at }: FocusLocation): HTMLElement | undefined {
  if (!list?.isConnected) return undefined;
  const rows = rowsOf(list);
  const beforeAt = before ? rows.indexOf(before) : -1;
  // A button belongs to the row before it, which was removed with it.
  const removedAt = element.closest('[data-row]') ? at : Math.max(0, at - 1);
  const index = beforeAt >= 0 ? beforeAt + 1 : removedAt;
  return rows[Math.min(index, rows.length - 1)];
}

/** The innermost named part around the location that is still shown. */
export function partAt(location: FocusLocation): HTMLElement | undefined {
  return location.parts.find((one) => one.isConnected && one.checkVisibility());
}
