import type { Locator, Page } from 'playwright/test';
import { Frame } from './frame.ts';
import { Inspector } from './inspector.ts';

/** The History view, which lists every call. */
export class History extends Frame {
  readonly inspector: Inspector;

  constructor(page: Page) {
    super(page);
    this.inspector = new Inspector(page);
  }

  open(): Promise<void> {
    return this.goTo('History');
  }

  get table(): Locator {
    return this.page.getByRole('grid', { name: 'Calls' });
  }

  /** Rows of calls that are drawn; the head is not among them. */
  get rows(): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByRole('rowheader') });
  }

  /** How many calls the table tells assistive software of; -1 while older ones are to come. */
  async count(): Promise<number> {
    const rows = Number(await this.table.getAttribute('aria-rowcount'));
    return rows < 0 ? rows : rows - 1;
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search' });
  }

  filter(group: 'Mode' | 'Result', name: string): Locator {
    return this.page.getByRole('radiogroup', { name: group }).getByRole('radio', { name, exact: true });
  }

  action(name: string | RegExp): Locator {
    return this.inspector.root.getByRole('button', { name });
  }

  get errorCard(): Locator {
    return this.inspector.root.getByRole('alert');
  }
}
