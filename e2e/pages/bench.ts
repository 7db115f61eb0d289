import type { Locator, Page } from 'playwright/test';
import { Frame } from './frame.ts';
import { Inspector } from './inspector.ts';

/** The Bench view. */
export class Bench extends Frame {
  readonly inspector: Inspector;

  constructor(page: Page) {
    super(page);
    this.inspector = new Inspector(page);
  }

  message(n = 1): Locator {
    return this.page.getByRole('textbox', { name: `Message ${n}` });
  }

  get reply(): Locator {
    return this.page.getByRole('article', { name: 'Reply' });
  }

  get replyText(): Locator {
    return this.reply.getByTestId('reply');
  }

  get plan(): Locator {
    return this.page.getByRole('article', { name: 'Plan' });
  }

  get errorCard(): Locator {
    return this.page.getByRole('region', { name: 'Result' }).getByRole('alert');
  }

  mode(name: 'DRY RUN' | 'LIVE'): Locator {
    return this.page.getByRole('radiogroup', { name: 'Mode' }).getByRole('radio', { name });
  }

  get cancel(): Locator {
    return this.page.getByRole('region', { name: 'Input' }).getByRole('button', { name: 'Cancel' });
  }

  /** Plans, or gets an answer, depending on the mode and the target. */
  async run(): Promise<void> {
    await this.page.keyboard.press('Control+Enter');
  }

  async pickTarget(name: string | RegExp): Promise<void> {
    await this.pick('Target', name);
  }

  async pickModule(name: string | RegExp): Promise<void> {
    await this.pick('Module', name);
  }

  async pickModel(id: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Model', exact: true }).fill(id);
    await this.page.keyboard.press('Escape');
  }

  /** One of the columns, counted from 1. */
  column(number: number): Locator {
    return this.page.getByRole('region', { name: `Column ${number}` });
  }

  /** Adds a column by its keyboard shortcut and picks its provider and model. */
  async compareWith(number: number, target: string | RegExp, model: string): Promise<void> {
    await this.page.keyboard.press('Control+\\');
    await this.column(number)
      .getByRole('combobox', { name: /^Target/ })
      .click();
    await this.page.getByRole('option', { name: target }).click();
    await this.column(number).getByRole('combobox', { name: 'Model', exact: true }).fill(model);
    await this.page.keyboard.press('Escape');
  }
}
