import type { Locator, Page } from 'playwright/test';

/** The right pane: one call as it would be sent. */
export class Inspector {
  readonly root: Locator;

  constructor(page: Page) {
    this.root = page.getByRole('complementary', { name: 'Inspector' });
  }

  tab(name: string | RegExp): Locator {
    return this.root.getByRole('tab', { name });
  }

  /** The text of the request body. */
  get body(): Locator {
    return this.root.getByRole('group', { name: 'Body' });
  }

  /** The value beside a name, such as `Bytes`. */
  fact(name: string): Locator {
    const term = this.root.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) });
    return term.locator('xpath=following-sibling::dd[1]');
  }

  /** The body without added white space: the bytes that the panel says it sends. */
  async rawBody(): Promise<string> {
    await this.root.getByRole('radio', { name: 'Raw' }).click();
    return (await this.body.textContent()) ?? '';
  }

  /** The code to copy in one form: `cURL`, `PowerShell`, `fetch`, `Python`. */
  async codeAs(form: string): Promise<string> {
    await this.tab('Code').click();
    await this.root.getByRole('radio', { name: form }).click();
    return (await this.root.getByRole('group', { name: form, exact: true }).textContent()) ?? '';
  }
}
