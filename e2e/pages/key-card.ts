import type { Locator, Page } from 'playwright/test';
import { Providers } from './providers.ts';

/** The key of one provider, on its page. */
export class KeyCard {
  readonly #page: Page;
  readonly #provider: string;
  readonly root: Locator;

  constructor(page: Page, provider: string) {
    this.#page = page;
    this.#provider = provider;
    this.root = page.getByRole('group', { name: `Key of ${provider}` });
  }

  /** Goes to the provider's page, whatever stands between it and a call. */
  async open(): Promise<void> {
    const providers = new Providers(this.#page);
    await providers.open();
    await this.#page
      .getByRole('navigation', { name: 'List' })
      .getByRole('button')
      .filter({ has: this.#page.getByText(this.#provider, { exact: true }) })
      .click();
    await this.root.waitFor();
  }

  get field(): Locator {
    // A password field has no role.
    return this.root.getByLabel(`API key of ${this.#provider}`);
  }

  get outcome(): Locator {
    return this.root.getByRole('status');
  }

  get errorCard(): Locator {
    return this.root.getByRole('alert');
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  /** As a paste does it: the text comes in one piece, and no script of the test's ever has it in the page. */
  async paste(key: string): Promise<void> {
    await this.field.focus();
    await this.#page.keyboard.insertText(key);
  }

  /** Flow 2 of the panel: paste, Enter. */
  async give(key: string): Promise<void> {
    await this.paste(key);
    await this.#page.keyboard.press('Enter');
  }
}
