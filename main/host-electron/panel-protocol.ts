import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { panelCsp, type Shell } from '../core/app/panel-page.ts';

/**
 * Registers the panel's own URL scheme, as a secure origin with V8's code cache. Must run before the app is
 * ready.
 */
export function registerPanelScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

/** A body in one chunk; `onTaken` is called once it was read or cancelled. */
function bodyOf(bytes: Uint8Array, onTaken: () => void): ReadableStream<Uint8Array> {
  let isSent = false;
  const pull = (body: ReadableStreamDefaultController<Uint8Array>) => {
    if (!isSent) body.enqueue(bytes);
    else {
      body.close();
      onTaken();
    }
    isSent = true;
  };
  return new ReadableStream({ pull, cancel: onTaken }, { highWaterMark: 0 });
}

/**
 * Serves the built panel under `app://panel`, with its policy as a header, and nothing else.
 * @param onServed called when the page has received its script and everything else that it requested
 */
export function servePanel(shell: Shell, onServed: () => void): void {
  let open = 0;
  protocol.handle('app', async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const entry = host === 'panel' && method === 'GET' ? shell.get(pathname) : undefined;
    if (!entry) return new Response(null, { status: 404 });
    open++;
    const closeBody = () => {
      open--;
      if (open === 0 && !entry.type.startsWith('text/html')) onServed();
    };
    try {
      // Read as a whole, because streaming a file from the app's archive would first copy it to the temporary
      // folder.
      return new Response(bodyOf(await readFile(entry.file), closeBody), {
        headers: {
          'content-type': entry.type,
          'content-security-policy': panelCsp,
          'x-content-type-options': 'nosniff',
        },
      });
    } catch (error) {
      closeBody();
      throw error;
    }
  });
}
