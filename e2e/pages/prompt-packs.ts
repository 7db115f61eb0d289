import type { Locator } from 'playwright/test';
import { Frame } from './frame.ts';

/** The Prompt packs view. */
export class PromptPacks extends Frame {
  async open(): Promise<void> {
    await this.page.keyboard.press('Control+4');
    await this.page.getByRole('region', { name: 'Preview' }).waitFor();
  }

  /** A line of the list, in one of its two parts. */
  line(part: 'Mine' | 'Built-in', name: string | RegExp): Locator {
    return this.page.getByRole('region', { name: part }).getByRole('button', { name });
  }

  button(name: string): Locator {
    return this.page.getByRole('main').getByRole('button', { name, exact: true });
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name });
  }

  editor(name: string): Locator {
    return this.page.getByRole('textbox', { name, exact: true });
  }

  /** Types a text over everything that stands in an editor. */
  async rewrite(name: string, text: string): Promise<void> {
    await this.editor(name).click();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(text);
  }

  get preview(): Locator {
    return this.page.getByRole('list', { name: 'Rendered preview' });
  }

  get problems(): Locator {
    return this.page.getByRole('list', { name: 'Problems of the pack' });
  }

  /** Undo in the corner, of the notice that says this. */
  async undo(text: string): Promise<void> {
    const notice = this.page.getByRole('dialog').filter({ hasText: text });
    await notice.getByRole('button', { name: 'Undo' }).click();
  }
}
