import type { Locator } from 'playwright/test';
import { Frame } from './frame.ts';

/** The Prompt packs view. */
export class PromptPacks extends Frame {
  async open(): Promise<void> {
    await this.page.keyboard.press('Control+5');
    await this.page.getByRole('region', { name: 'Preview' }).waitFor();
  }

  /** A row of one of the list's two parts. */
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

  /** Replaces the whole text of an editor by typing. */
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

  /** Presses Undo in the toast with this text. */
  async undo(text: string): Promise<void> {
    const notice = this.page.getByRole('dialog').filter({ hasText: text });
    await notice.getByRole('button', { name: 'Undo' }).click();
  }
}
