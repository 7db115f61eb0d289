import { Client, requestBytes } from './support/client.mjs';
import { heldBy, tellsHeld } from './support/held-memory.mjs';
import { options } from './support/options.mjs';
import { memoryOf, startMock, startPanel, stop } from './support/processes.mjs';
import { table } from './support/table.mjs';

// node bench/memory.mjs [--calls 100000]: the server's memory when it is idle, after the first tenth of the calls,
// and after all of them; half of the calls are streams. What it holds is counted after a collection.

const { calls } = options({ calls: 100_000 });
const connections = 16;
/** What it may hold more after all calls than after the first tenth, in MB. */
const room = 8;

const mock = await startMock();
const panel = await startPanel(mock.url, { nodeArgs: tellsHeld });
const url = `${panel.url}/v1/chat/completions`;
const bytes = [false, true].map((stream) =>
  requestBytes(
    url,
    {},
    {
      model: 'openai_public/gpt-4o-mini',
      max_tokens: 256,
      messages: [{ role: 'user', content: 'Continue the scene. [[chunks=20]]' }],
      stream,
    },
  ),
);

async function run(count) {
  let left = count;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new Client(url);
      while (left-- > 0) {
        const status = await client.request(bytes[left % 2]);
        if (status !== 200) throw new Error(`answered with ${status}`);
      }
      client.close();
    }),
  );
}

const rows = [];
async function note(when) {
  const rss = memoryOf(panel.pid);
  await new Promise((next) => setTimeout(next, 1500));
  rows.push({ when, rss, held: await heldBy(panel), peak: memoryOf(panel.pid, 'VmHWM') });
}

await new Promise((next) => setTimeout(next, 2000));
await note('idle');
await run(calls / 10);
await note(`after ${calls / 10} calls`);
await run(calls - calls / 10);
await note(`after ${calls} calls`);
await stop(panel);
await stop(mock);

const mb = (value) => value.toFixed(1);
console.log(
  table(
    ['', 'held MB', 'resident MB', 'peak MB'],
    rows.map(({ when, rss, held: own, peak }) => [when, mb(own), mb(rss), mb(peak)]),
  ),
);
const grown = rows[2].held - rows[1].held;
console.log(`\nheld more after all of them: ${mb(grown)} MB (${grown <= room ? 'flat' : 'NOT flat'})`);
process.exit(grown <= room ? 0 : 1);
