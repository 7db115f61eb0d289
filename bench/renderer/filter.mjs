import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, quantile } from '../support/table.mjs';
import { keyStroke } from './measures.mjs';

const roundCount = 9;
const words = ['vendor model 42', 'json', 'instruct-1999', 'nothing is like this'];

/** Writes a user's provider with this many models. */
export function plantModels(root, count) {
  const folder = join(root, 'config', 'llm', 'providers');
  const models = Array.from({ length: count }, (_, n) => ({
    id: `vendor-${n % 37}/model-${n}-instruct`,
    label: `Model ${n}`,
    tags: ['chat', n % 3 ? 'json' : 'roleplay', n % 5 ? 'long' : 'vision'],
    context: 4096 * (1 + (n % 32)),
  }));
  const provider = { name: 'big_hub', adapter: 'openai_compat', base: 'http://127.0.0.1:9/v1', models };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'big_hub.json'), JSON.stringify(provider));
}

/** Types each word and deletes it again. */
async function typeAll(page, session) {
  const strokes = [];
  for (const word of words) {
    for (const letter of word)
      strokes.push(await keyStroke(page, session, letter === ' ' ? 'Space' : letter));
    for (const _ of word) strokes.push(await keyStroke(page, session, 'Backspace'));
  }
  return strokes;
}

/** Types words into the filter of all models and deletes them again, letter by letter. */
export async function measureFilter(page) {
  const session = await page.context().newCDPSession(page);
  // Measures the thread's CPU time: on a busy machine, wall-clock time would include waiting.
  await session.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' });
  await session.send('Performance.enable');
  await page.evaluate(() => void (window.location.hash = '/providers/+models'));
  const input = page.getByRole('searchbox', { name: 'Filter models' });
  await input.click();
  await page.getByRole('grid', { name: 'All models' }).getByRole('row').nth(5).waitFor();
  // The cost of two frames and of reading the metrics.
  const idle = [];
  for (let n = 0; n < 20; n++) idle.push((await keyStroke(page, session, 'Shift')).script);
  const rounds = [];
  for (let n = 0; n < roundCount; n++) rounds.push(await typeAll(page, session));
  // The median over the rounds, because other load on the machine affects single rounds.
  const strokes = rounds[0].map((_, at) => ({
    script: median(rounds.map((round) => round[at].script)),
    draw: median(rounds.map((round) => round[at].draw)),
  }));
  const ms = (value) => value.toFixed(1);
  const row = (name, times) => [
    name,
    times.length,
    ms(median(times)),
    ms(quantile(times, 0.95)),
    ms(Math.max(...times)),
  ];
  const scripts = (round) => round.map(({ script }) => script);
  return {
    head: ['key strokes in the filter of all models', 'n', 'median ms', 'p95 ms', 'max ms'],
    rows: [
      row(`script, median of ${roundCount} rounds per stroke`, scripts(strokes)),
      row(
        `style and layout, median of ${roundCount} rounds per stroke`,
        strokes.map(({ draw }) => draw),
      ),
      row('script, all strokes', rounds.flatMap(scripts)),
      row('script, the very first stroke', [rounds[0][0].script]),
      row('script, a key that changes nothing', idle),
    ],
  };
}
