import type { Locator, Page } from 'playwright/test';

/** The places that exist, by the name of their button in the rail. */
export type PlaceName = 'Bench' | 'Providers' | 'Settings';

export const placeNames: readonly PlaceName[] = ['Bench', 'Providers', 'Settings'];

/** What is in sight whatever the place: rail, banners, status bar. */
export class Frame {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get rail(): Locator {
    return this.page.getByRole('navigation', { name: 'Places' });
  }

  get statusBar(): Locator {
    return this.page.getByRole('contentinfo', { name: 'Status' });
  }

  place(name: PlaceName): Locator {
    return this.page.getByRole('main', { name });
  }

  /** Goes to a place and waits until it is drawn. */
  async goTo(name: PlaceName): Promise<void> {
    await this.rail.getByRole('button', { name }).click();
    await this.place(name).waitFor();
  }

  /** Picks an option of one of our pickers, whose trigger is named `Label: value`. */
  async pick(label: string, option: string | RegExp): Promise<void> {
    await this.page.getByRole('combobox', { name: new RegExp(`^${label}`) }).click();
    await this.page.getByRole('option', { name: option }).click();
  }
}
