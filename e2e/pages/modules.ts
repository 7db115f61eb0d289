import { expect, type Download, type Locator } from 'playwright/test';
import { Frame } from './frame.ts';

/** The Modules view. */
export class Modules extends Frame {
  /** A module's part of the list. */
  module(label: string): Locator {
    return this.page.getByRole('navigation', { name: 'List' }).getByRole('region', { name: label });
  }

  row(module: string, name: string | RegExp): Locator {
    return this.module(module).getByRole('button', { name });
  }

  /** The preset on screen. */
  preset(id: string): Locator {
    return this.page.getByRole('article', { name: id, exact: true });
  }

  get work(): Locator {
    return this.page.getByRole('main', { name: 'Modules' });
  }

  /** A button of the work pane, by the start of its name. */
  button(name: string): Locator {
    return this.work.getByRole('button', { name });
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name });
  }

  parameter(name: string): Locator {
    return this.work.getByRole('group', { name, exact: true });
  }

  value(name: string): Locator {
    return this.page.getByRole('textbox', { name: `${name} value` });
  }

  get model(): Locator {
    return this.work.getByRole('combobox', { name: 'Model', exact: true });
  }

  /** One of the three states of a parameter. */
  state(name: string, state: 'Omit' | 'Inherit' | 'Set'): Locator {
    return this.parameter(name).getByRole('radio', { name: state });
  }

  editor(name: string): Locator {
    return this.page.getByRole('textbox', { name, exact: true });
  }

  async open(module: string, preset: RegExp | string): Promise<void> {
    await this.goTo('Modules');
    const head = this.module(module).getByRole('button', { name: module, exact: false }).first();
    if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
    await this.row(module, preset).click();
    // Until then the fields on screen belong to the previous preset.
    await expect(this.row(module, preset)).toHaveAttribute('aria-current', 'true');
  }

  /** Presses Undo in a toast. */
  async undo(notice: string): Promise<void> {
    const toast = this.page.getByRole('dialog', { name: notice });
    await toast.getByRole('button', { name: 'Undo' }).click();
  }

  /** Replaces the whole text of an editor by typing. */
  async type(editor: Locator, text: string): Promise<void> {
    await editor.focus();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(text);
  }

  /** The download that a press starts. Browser only: the desktop window asks for a file name. */
  async download(press: () => Promise<void>): Promise<Download> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), press()]);
    return download;
  }
}
