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

  /** The rendered rows, without the header. */
  get rows(): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByRole('rowheader') });
  }

  /** The number of calls that the table reports to assistive software; -1 while there may be older ones. */
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
