import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { Settings } from './pages/settings.ts';
import { readJsonFile } from './support/runtime-root.ts';

test('light and dark change the colours, and are stored in the settings file', async ({ panel }) => {
  const settings = new Settings(panel.page);
  await settings.open();
  await settings.chooseTheme('Light');
  await expect(settings.theme('Light')).toBeChecked();
  const light = await settings.canvas();
  await settings.chooseTheme('Dark');
  await expect.poll(() => settings.canvas()).not.toBe(light);
  await expect.poll(() => readJsonFile(panel.runtimeRoot, 'panel.json')).toMatchObject({ theme: 'dark' });
});

test('theme and text size survive a restart', async ({ launch }) => {
  const first = await launch();
  const before = new Settings(first.page);
  await before.open();
  await before.chooseTheme('Dark');
  await before.chooseTextSize(120);
  await expect
    .poll(() => readJsonFile(first.runtimeRoot, 'panel.json'))
    .toMatchObject({ theme: 'dark', text_size: 120 });
  const dark = await before.canvas();
  expect(await first.close()).toBe(0);

  const second = await launch({ runtimeRoot: first.runtimeRoot });
  const after = new Settings(second.page);
  await after.open();
  await expect(after.theme('Dark')).toBeChecked();
  await expect.poll(() => after.canvas()).toBe(dark);
  const fontSize = await second.page.evaluate(() => document.documentElement.style.fontSize);
  expect(fontSize).toBe('120%');
});

test('a theme set elsewhere reaches the open page', async ({ panel }) => {
  const settings = new Settings(panel.page);
  await settings.open();
  await panel.ask('settings.update', { theme: 'dark' });
  await expect(settings.theme('Dark')).toBeChecked();
  await expect(panel.page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('unreadable settings are set aside', async ({ launch }) => {
  const panel = await launch({ files: { 'panel.json': '{ "theme": "dark", ' } });
  const settings = new Settings(panel.page);
  await settings.open();
  await expect(settings.theme('System')).toBeChecked();
  await settings.chooseTheme('Light');
  await expect.poll(() => readJsonFile(panel.runtimeRoot, 'panel.json')).toMatchObject({ theme: 'light' });
  const stored = readdirSync(panel.runtimeRoot).filter((name) => name.startsWith('panel.json.broken-'));
  expect(stored.map((name) => readFileSync(join(panel.runtimeRoot, name), 'utf8'))).toEqual([
    '{ "theme": "dark", ',
  ]);
});
