import { expect, onlyIn, test } from './fixtures.ts';
import { Frame } from './pages/frame.ts';
import { crawl } from './support/crawler.ts';

onlyIn('web', 'the page is the same in both, and here a file to save or to open is an event and no dialog');

/** What sends, stops the server under our feet, opens other programs, or would make LIVE out of DRY RUN. */
const harmful =
  /^(LIVE|Mode:|Send|Stop|Start|Delete|Remove|Forget|Open folder|Reload|Use \d+|Quit|Open the data)/;

/** What stands around every place is pressed once, with the Bench. */
const frameParts = 'nav[aria-label=Views], footer';

for (const name of [
  'Bench',
  'Translate',
  'Providers',
  'Modules',
  'Prompt packs',
  'History',
  'Server',
  'Trials',
  'Settings',
]) {
  test(`every control of ${name} has an effect, and every disabled one gives a reason`, async ({
    panel,
    upstream,
  }) => {
    test.setTimeout(240_000);
    const { page } = panel;
    // Providers that are off or absent answer what is pressed with an error card, which is what should happen.
    panel.watch.expect(/status of \d{3}/);
    const frame = new Frame(page);
    await frame.goTo(name);
    const address = new URL(page.url()).hash;
    const restore = async () => {
      const now = new URL(page.url()).hash;
      if (now.split('/')[1] !== address.split('/')[1])
        await page.evaluate((hash) => void (location.hash = hash), address);
      // A dialog that is still on its way hides the place from everyone.
      if (!(await frame.place(name).isVisible())) await page.keyboard.press('Escape');
      await frame.place(name).waitFor();
    };
    const { pressed, dead } = await crawl(
      page,
      restore,
      (control) => !harmful.test(control),
      name === 'Bench' ? 'none' : frameParts,
    );
    expect(dead).toEqual([]);
    expect(pressed.length).toBeGreaterThan(5);
    expect(upstream.received).toEqual([]);
  });
}

test('a button without effect, and one disabled without a reason, are reported', async ({ panel }) => {
  const { page } = panel;
  const frame = new Frame(page);
  await frame.goTo('Settings');
  await frame.place('Settings').evaluate((main) => {
    const part = main.appendChild(document.createElement('form'));
    part.innerHTML = '<button type="button">Planted dead</button><button disabled>Planted mute</button>';
  });
  const onlyPlanted = (name: string) => name.startsWith('Planted');
  const { dead } = await crawl(page, async () => undefined, onlyPlanted, frameParts);
  expect(dead.filter((line) => line.includes('Planted'))).toEqual([
    'nothing happens: button | form | Planted dead',
    'disabled without a reason: button | form | Planted mute',
  ]);
});
