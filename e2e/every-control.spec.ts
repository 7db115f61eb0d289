import { expect, onlyIn, test } from './fixtures.ts';
import { Frame } from './pages/frame.ts';
import { crawl } from './support/crawler.ts';
import { harmfulControls } from './support/harmful-controls.ts';

onlyIn('web', 'the page is the same in both; in a browser, opening a file is an event instead of a dialog');

/** The parts around every view are pressed once, with the Bench. */
const frameParts = 'nav:has([aria-current=page]), footer';

const views = [
  'Bench',
  'Translate',
  'Providers',
  'Modules',
  'Prompt packs',
  'History',
  'Server',
  'Trials',
  'Settings',
];

for (const language of ['en', 'ja', 'zh-CN'] as const)
  for (const name of views)
    test(`every control of ${name} has an effect and leaves the focus in the page, and every disabled one gives a reason: ${language}`, async ({
      panel,
      upstream,
    }) => {
      test.setTimeout(240_000);
      const { page } = panel;
      // Controls of providers that are off or missing answer with an error card, as intended.
      panel.watch.expect(/status of \d{3}/);
      const isHarmful = await harmfulControls(language);
      await new Frame(page).goTo(name);
      await panel.ask('settings.update', { language });
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      const address = new URL(page.url()).hash;
      const view = page.getByRole('main');
      const restore = async () => {
        const now = new URL(page.url()).hash;
        if (now.split('/')[1] !== address.split('/')[1])
          await page.evaluate((hash) => void (location.hash = hash), address);
        // A dialog that is still opening hides the view from role queries.
        await expect(async () => {
          if (!(await view.isVisible())) await page.keyboard.press('Escape');
          await view.waitFor({ timeout: 500 });
        }).toPass();
      };
      const { pressed, faulty, unfocused } = await crawl(page, {
        restore,
        isHarmless: (control) => !isHarmful(control),
        outside: name === 'Bench' ? 'none' : frameParts,
        // Translated texts do not change the focus behaviour.
        checksFocus: language === 'en',
      });
      expect(faulty).toEqual([]);
      expect(unfocused).toEqual([]);
      expect(pressed.length).toBeGreaterThan(5);
      expect(upstream.received).toEqual([]);
    });

test('a button without effect, and one disabled without a reason, are reported', async ({ panel }) => {
  const { page } = panel;
  const frame = new Frame(page);
  await frame.goTo('Settings');
  await frame.view('Settings').evaluate((main) => {
    const part = main.appendChild(document.createElement('form'));
    part.innerHTML = '<button type="button">Planted dead</button><button disabled>Planted mute</button>';
  });
  const onlyPlanted = (name: string) => name.startsWith('Planted');
  const { faulty } = await crawl(page, {
    restore: async () => undefined,
    isHarmless: onlyPlanted,
    outside: frameParts,
  });
  expect(faulty.filter((line) => line.includes('Planted'))).toEqual([
    'nothing happens: button | form | Planted dead',
    'disabled without a reason: button | form | Planted mute',
  ]);
});
