import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, quantile } from '../support/table.mjs';
import { drawn, heapMb, keyStroke, pass, scrollHead } from './measures.mjs';

const linesPerFile = 5000;
const speakers = ['Mira', 'Kuro', 'Sora', 'Hina', ''];
const words = ['line 4242', 'rain', 'nothing is like this'];

/** Writes a game of CSV files with translations, so rows have both texts. */
export function plantGame(root, count) {
  const folder = join(root, 'game');
  mkdirSync(folder, { recursive: true });
  for (let file = 0; file * linesPerFile < count; file++) {
    const rows = ['speaker,source,target'];
    for (let n = file * linesPerFile; n < Math.min(count, (file + 1) * linesPerFile); n++)
      rows.push(
        `${speakers[n % speakers.length]},"It rains on line ${n} of the story, and nobody minds.","${n}行目でも雨が降っているが、誰も気にしない。"`,
      );
    writeFileSync(join(folder, `chapter-${String(file).padStart(3, '0')}.csv`), `${rows.join('\n')}\n`);
  }
}

const ask = (page, operation, input) =>
  page.evaluate(
    async ([name, data]) => {
      const answer = await window.panel.request(name, data, crypto.randomUUID());
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.data;
    },
    [operation, input],
  );

/** Imports the game, then scrolls and filters its review list. */
export async function measureUnits(page, root) {
  const { project } = await ask(page, 'translate.create', {
    game: join(root, 'game'),
    source_language: 'English',
    target_language: 'Japanese',
    columns: { header: true, source: 'source', target: 'target', speaker: 'speaker' },
  });
  const begun = performance.now();
  const { units } = await ask(page, 'translate.import', { project: project.id });
  console.log(`${units} units imported in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' });
  await session.send('Performance.enable');
  await page.evaluate((id) => void (window.location.hash = `/translate/${id}/review`), project.id);
  const grid = page.getByRole('grid', { name: 'Lines' });
  await grid.getByRole('row').nth(5).waitFor();
  const box = await grid.locator('..').boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const before = await heapMb(session);
  const rows = [];
  const measure = async (name, work) => rows.push(await pass(page, session, name, work));
  await measure('no scrolling', { step() {}, done: (n) => n === 60 });
  await measure('wheel down, pages are loaded', {
    step: () => page.mouse.wheel(0, 250),
    done: (n) => n === 600,
  });
  await measure('jumps by the scroll bar', {
    step: (n) =>
      grid
        .locator('..')
        .evaluate(
          (scroller, share) => (scroller.scrollTop = scroller.scrollHeight * share),
          ((n * 37) % 100) / 100,
        ),
    done: (n) => n === 60,
  });
  await grid.locator('[role="row"][tabindex="0"]').focus();
  await measure('J', { step: () => page.keyboard.press('j'), done: (n) => n === 200 });
  const input = page.getByRole('searchbox', { name: 'Search text' });
  await input.click();
  const strokes = [];
  for (const word of words) {
    for (const letter of word)
      strokes.push((await keyStroke(page, session, letter === ' ' ? 'Space' : letter)).script);
    await page.waitForFunction(() => document.querySelector('[aria-label="Lines"][role="grid"]') !== null);
    for (const _ of word) strokes.push((await keyStroke(page, session, 'Backspace')).script);
  }
  // The time from a changed filter to the first row of its result.
  const answers = [];
  for (const text of ['line 99', 'line 4242', 'nobody', 'none of this']) {
    const from = performance.now();
    await input.fill(text);
    // The list stays at the selected line, so any drawn row counts. Every line contains "nobody".
    await page.waitForFunction(
      ([want, all]) => {
        const list = document.querySelector('[role="grid"][aria-label="Lines"]');
        const count = Number(list?.getAttribute('aria-rowcount')) - 1;
        const rows = [...(list?.querySelectorAll('[data-at]') ?? [])];
        if (want === 'nobody' ? count !== all : count >= all) return false;
        return count === 0 || rows.some((row) => row.textContent.includes(want));
      },
      [text, units],
    );
    answers.push(performance.now() - from);
  }
  await input.fill('');
  await drawn(page);
  const after = await heapMb(session);
  const ms = (value) => value.toFixed(1);
  console.log(
    `a key in the search: script median ${ms(median(strokes))} ms, p95 ${ms(quantile(strokes, 0.95))} ms, max ${ms(Math.max(...strokes))} ms (n ${strokes.length})`,
  );
  console.log(
    `result of a filter, including the debounce of 150 ms: ${answers.map((value) => `${value.toFixed(0)} ms`).join(', ')}`,
  );
  console.log(`heap: ${ms(before)} MB before, ${ms(after)} MB after`);
  return { head: scrollHead('scrolling through the review'), rows };
}
