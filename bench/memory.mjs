import { Client, requestBytes } from './support/client.mjs';
import { heapMb, heapReporting } from './support/heap-memory.mjs';
import { options } from './support/options.mjs';
import { memoryOf, startMock, startPanel, stop } from './support/processes.mjs';
import { table } from './support/table.mjs';

// node bench/memory.mjs [--calls 100000]: measures the server's memory when it is idle, after the first tenth of the calls
// and after all calls. Half of the calls are streams. The heap is measured after a garbage collection.

const { calls } = options({ calls: 100_000 });
const connections = 16;
/** The maximum growth of the heap between the first tenth and all calls, in MB. */
const maxGrowth = 8;

const mock = await startMock();
const panel = await startPanel(mock.url, { nodeArgs: heapReporting });
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
async function measure(when) {
  const rss = memoryOf(panel.pid);
  await new Promise((next) => setTimeout(next, 1500));
  rows.push({ when, rss, heap: await heapMb(panel), peak: memoryOf(panel.pid, 'VmHWM') });
}

await new Promise((next) => setTimeout(next, 2000));
await measure('idle');
await run(calls / 10);
await measure(`after ${calls / 10} calls`);
await run(calls - calls / 10);
await measure(`after ${calls} calls`);
await stop(panel);
await stop(mock);

const mb = (value) => value.toFixed(1);
console.log(
  table(
    ['', 'heap MB', 'resident MB', 'peak MB'],
    rows.map(({ when, rss, heap, peak }) => [when, mb(heap), mb(rss), mb(peak)]),
  ),
);
const growth = rows[2].heap - rows[1].heap;
console.log(`\nheap growth: ${mb(growth)} MB (${growth <= maxGrowth ? 'flat' : 'NOT flat'})`);
process.exit(growth <= maxGrowth ? 0 : 1);
