import { expect, type Locator } from 'playwright/test';
import type { Panel } from '../support/panel.ts';
import { Frame } from './frame.ts';
import { Inspector } from './inspector.ts';

/** The Translate view. */
export class Translate extends Frame {
  readonly inspector: Inspector;
  readonly #panel: Panel;

  constructor(panel: Panel) {
    super(panel.page);
    this.#panel = panel;
    this.inspector = new Inspector(panel.page);
  }

  open(): Promise<void> {
    return this.goTo('Translate');
  }

  get work(): Locator {
    return this.view('Translate');
  }

  button(name: string | RegExp): Locator {
    return this.work.getByRole('button', { name });
  }

  tab(name: string | RegExp): Locator {
    return this.work.getByRole('tablist', { name: 'Parts of the project' }).getByRole('tab', { name });
  }

  /** Creates a project from a pasted text. */
  async pasteText(text: string): Promise<void> {
    await this.button('Paste text').click();
    await this.page.keyboard.type(text);
    await this.button('Use this text').click();
    await expect(this.tab(/^Files/)).toHaveAttribute('aria-selected', 'true');
  }

  /** Chooses a folder: in the system's dialog, or in the browser's, which uploads it. */
  async chooseFolder(folder: string): Promise<void> {
    const { app, page } = this.#panel;
    if (app) {
      await app.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
      }, folder);
      await this.button('Choose a folder…').click();
      return;
    }
    await page.locator('input[data-kind="folder"]').setInputFiles(folder);
  }

  /** Drops files onto the view. They come from a file input, so that the desktop window knows their paths. */
  async dropFiles(paths: string[]): Promise<void> {
    const { page } = this.#panel;
    await page.evaluate(() => {
      const input = document.createElement('input');
      Object.assign(input, { type: 'file', multiple: true, hidden: true, id: 'dropped' });
      document.body.append(input);
    });
    await page.locator('#dropped').setInputFiles(paths);
    await page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('#dropped');
      const target = document.querySelector('main section');
      const dataTransfer = new DataTransfer();
      for (const file of input?.files ?? []) dataTransfer.items.add(file);
      for (const type of ['dragenter', 'dragover', 'drop'])
        target?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      input?.remove();
    });
  }

  get table(): Locator {
    return this.work.getByRole('grid', { name: 'Lines' });
  }

  get rows(): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByRole('rowheader') });
  }

  /** The number of lines that pass the filter, as announced to assistive software. */
  async count(): Promise<number> {
    return Number(await this.table.getAttribute('aria-rowcount')) - 1;
  }

  /** The id of the open project, from the address. */
  async projectId(): Promise<string> {
    const hash = await this.page.evaluate(() => window.location.hash);
    return decodeURIComponent(hash.split('/')[2] ?? '');
  }
}
