import type { Locator, Page } from 'playwright/test';

/** Presses Tab (or Shift+Tab) until the control has the focus, as a person without a mouse does. */
export async function tabTo(page: Page, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const isFocused = () => control.evaluate((element) => element.contains(document.activeElement));
  for (let presses = 0; presses < 80; presses++) {
    if (await isFocused()) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${String(control)}`);
}
