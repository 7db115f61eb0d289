import type { Page } from 'playwright/test';
import type { Panel } from './panel.ts';

/** Every string that the page's scripts can still reach, after a garbage collection: V8's own heap snapshot as text. */
export async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  // What only a finalizer holds is gone after the second one.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}

/** The whole page as it stands, with what its fields hold, which is in no attribute. */
export function domOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll('input, textarea')] as HTMLInputElement[];
    return [document.documentElement.outerHTML, ...fields.map(({ value }) => value)].join('\n');
  });
}

/** What went between the page and the core, each as text, with what it was. */
export interface Traffic {
  /** Everything so far. */
  all(): Promise<{ what: string; text: string }[]>;
}

interface Recorded {
  traffic: { what: string; text: string }[];
}

/** The desktop window's messages, taken down in main: each request, its answer, and what main tells by itself. */
async function recordIpc(panel: Panel): Promise<Traffic> {
  const { app } = panel;
  if (!app) throw new Error('no desktop window');
  await app.evaluate(({ ipcMain, BrowserWindow }) => {
    type Handler = (event: unknown, ...args: unknown[]) => Promise<unknown>;
    const recorded = globalThis as unknown as Recorded;
    recorded.traffic = [];
    const note = (what: string, value: unknown) =>
      recorded.traffic.push({ what, text: JSON.stringify(value) ?? '' });
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers;
    for (const [channel, handler] of handlers)
      handlers.set(channel, async (event, ...args) => {
        note(`request ${String(args[0])}`, args);
        const answer = await handler(event, ...args);
        note(`answer ${String(args[0])}`, answer);
        return answer;
      });
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) return;
    const send = contents.send.bind(contents);
    contents.send = (channel: string, ...args: unknown[]) => {
      note('event', args);
      send(channel, ...args);
    };
  });
  return { all: () => app.evaluate(() => (globalThis as unknown as Recorded).traffic) };
}

/** A browser's requests and answers; the stream of events has no end and is left out. */
function recordHttp({ page }: Panel): Traffic {
  const traffic: Promise<{ what: string; text: string }>[] = [];
  page.on('request', (request) => {
    const text = `${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`;
    traffic.push(Promise.resolve({ what: `request ${request.url()}`, text }));
  });
  page.on('requestfinished', (request) => {
    if (request.url().endsWith('/rpc/events')) return;
    const what = `answer ${request.url()}`;
    const body = request.response().then((response) => response?.text() ?? '');
    traffic.push(body.then((text) => ({ what, text })).catch(() => ({ what, text: '' })));
  });
  return { all: () => Promise.all(traffic) };
}

export async function recordTraffic(panel: Panel): Promise<Traffic> {
  return panel.app ? recordIpc(panel) : recordHttp(panel);
}
