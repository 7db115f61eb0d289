import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { protocol } from 'electron';
import { panelCsp, type Shell } from '../core/app/panel-page.ts';

/** Must run before the app is ready: the panel's own scheme, with a secure origin and V8's code cache. */
export function registerPanelScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

/**
 * Serves the built panel under `app://panel`, with its policy as a header, and nothing else.
 * @param onServed called when the page's script, and whatever the page asked for beside it, has been read
 */
export function servePanel(shell: Shell, onServed: () => void): void {
  let open = 0;
  protocol.handle('app', async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const entry = host === 'panel' && method === 'GET' ? shell.get(pathname) : undefined;
    if (!entry) return new Response(null, { status: 404 });
    const file = createReadStream(entry.file, { highWaterMark: 1024 * 1024 });
    open++;
    file.once('close', () => {
      open--;
      if (open === 0 && !entry.type.startsWith('text/html')) onServed();
    });
    await once(file, 'open');
    return new Response(Readable.toWeb(file) as ReadableStream, {
      headers: {
        'content-type': entry.type,
        'content-security-policy': panelCsp,
        'x-content-type-options': 'nosniff',
      },
    });
  });
}
