import { protocol } from 'electron';
import { panelCsp, type Shell } from '../core/app/panel-page.ts';

/** Must run before the app is ready: the panel's own scheme, with a secure origin and V8's code cache. */
export function registerPanelScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

/** What Chromium answers a missing file with. */
const notFound = { error: -6 };

/**
 * Serves the built panel under `app://panel`, with its policy as a header, and nothing else. Chromium reads the files:
 * `protocol.handle` would load Node's whole fetch before the first of them, while the window waits.
 * @param onAsked called with each file that is asked for
 */
export function servePanel(shell: Shell, onAsked: () => void): void {
  protocol.registerFileProtocol('app', ({ url, method }, answer) => {
    const { host, pathname } = new URL(url);
    const entry = host === 'panel' && method === 'GET' ? shell.get(pathname) : undefined;
    if (!entry) return answer(notFound);
    const headers = {
      'content-type': entry.type,
      'content-security-policy': panelCsp,
      'x-content-type-options': 'nosniff',
    };
    answer({ path: entry.file, headers });
    onAsked();
  });
}
