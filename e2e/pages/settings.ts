import type { Locator } from 'playwright/test';
import { Frame } from './frame.ts';

export type ThemeName = 'System' | 'Light' | 'Dark';

/** The Settings view, at the bottom of the rail. */
export class Settings extends Frame {
  theme(name: ThemeName): Locator {
    return this.page.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio', { name });
  }

  get budget(): Locator {
    return this.page.getByRole('region', { name: 'Budget' });
  }

  /** Types both limits and saves them. */
  async setBudget(daily: string, call: string): Promise<void> {
    await this.budget.getByRole('textbox', { name: /^Daily limit/ }).fill(daily);
    await this.budget.getByRole('textbox', { name: /^Limit per call/ }).fill(call);
    await this.budget.getByRole('button', { name: 'Save budget' }).click();
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

  /** The background colour of the page, as a CSS value. */
  canvas(): Promise<string> {
    return this.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  }
}
