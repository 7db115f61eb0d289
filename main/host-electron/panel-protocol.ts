import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { panelCsp, type Shell } from '../core/app/panel-page.ts';

/** Must run before the app is ready: the panel's own scheme, with a secure origin and V8's code cache. */
export function registerPanelScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

/** Serves the built panel under `app://panel`, with its policy as a header, and nothing else. */
export function servePanel(shell: Shell): void {
  protocol.handle('app', async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const entry = host === 'panel' && method === 'GET' ? shell.get(pathname) : undefined;
    if (!entry) return new Response(null, { status: 404 });
    return new Response(await readFile(entry.file), {
      headers: {
        'content-type': entry.type,
        'content-security-policy': panelCsp,
        'x-content-type-options': 'nosniff',
      },
    });
  });
}
