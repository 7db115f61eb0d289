import type { Locator } from 'playwright/test';
import { Frame } from './frame.ts';

export type ThemeName = 'System' | 'Light' | 'Dark';

/** The place at the foot of the rail. */
export class Settings extends Frame {
  theme(name: ThemeName): Locator {
    return this.page.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio', { name });
  }

  async open(): Promise<void> {
    await this.goTo('Settings');
  }

  async chooseTheme(name: ThemeName): Promise<void> {
    await this.theme(name).click();
  }

  async chooseTextSize(percent: number): Promise<void> {
    await this.pick('Text size', `${percent} %`);
  }

  /** The colour that the page is painted in, as CSS says it. */
  canvas(): Promise<string> {
    return this.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  }
}
