import type { Page } from 'playwright/test';
import type { Panel } from './panel.ts';

/** Every string that the page's scripts can still reach after a garbage collection: V8's heap snapshot as text. */
export async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  // Objects held only by a finalizer are freed by the second collection.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}

/** The current page including the values of its fields, which are in no attribute. */
export function domOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll('input, textarea')] as HTMLInputElement[];
    return [document.documentElement.outerHTML, ...fields.map(({ value }) => value)].join('\n');
  });
}

/** The traffic between the page and the core as text, with the kind of each message. */
export interface Traffic {
  /** All traffic so far. */
  all(): Promise<{ what: string; text: string }[]>;
}

interface Recorded {
  traffic: { what: string; text: string }[];
}

/** Records the desktop window's messages in main: each request, its answer, and the events that main sends. */
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

/** Records a browser's requests and answers, except the event stream, which has no end. */
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
