import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { panelCsp, type Shell } from '../core/panel-page.ts';

/** Must run before the app is ready: the panel's own scheme, with a secure origin and V8's code cache. */
export function registerPanelScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

/** Serves the built panel under `app://panel`, with its policy as a header; anything else is a 404. */
export function servePanel(shell: Shell): void {
  protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url);
    const entry = host === 'panel' && request.method === 'GET' ? shell.get(pathname) : undefined;
    if (!entry) return new Response('', { status: 404 });
    const headers = {
      'content-type': entry.type,
      'content-security-policy': panelCsp,
      'x-content-type-options': 'nosniff',
    };
    return new Response(await readFile(entry.file), { headers });
  });
}
