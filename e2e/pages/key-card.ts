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

  /** Opens the provider's page, whatever its group. */
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

  /** Inserts the text at once, like a paste. The test's scripts never put it into the page. */
  async paste(key: string): Promise<void> {
    await this.field.focus();
    await this.#page.keyboard.insertText(key);
  }

  /** Pastes a key and presses Enter. */
  async enterKey(key: string): Promise<void> {
    await this.paste(key);
    await this.#page.keyboard.press('Enter');
  }
}
