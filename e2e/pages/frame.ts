import type { Locator, Page } from 'playwright/test';

/** The parts that every view shows: rail, banners, status bar. */
export class Frame {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get rail(): Locator {
    return this.page.getByRole('navigation', { name: 'Views' });
  }

  get statusBar(): Locator {
    return this.page.getByRole('contentinfo', { name: 'Status' });
  }

  view(name: string): Locator {
    return this.page.getByRole('main', { name });
  }

  /** The names of all views in the rail. */
  async viewNames(): Promise<string[]> {
    const buttons = await this.rail.getByRole('button').all();
    return Promise.all(buttons.map(async (button) => (await button.getAttribute('aria-label')) ?? ''));
  }

  /** Opens a view and waits until it is drawn; the script of most views is loaded first. */
  async goTo(name: string): Promise<void> {
    await this.rail.getByRole('button', { name }).click();
    await this.view(name).getByRole('heading', { level: 1 }).first().waitFor();
  }

  /** Picks an option of one of the panel's pickers, whose trigger is named `Label: value`. */
  async pick(label: string, option: string | RegExp): Promise<void> {
    await this.page.getByRole('combobox', { name: new RegExp(`^${label}`) }).click();
    await this.page.getByRole('option', { name: option }).click();
  }
}
