import { readdirSync } from 'node:fs';
import { extname, join, posix, relative, sep } from 'node:path';

/** The origin of the window's page, served by our own URL scheme. */
export const panelOrigin = 'app://panel';

/** No inline script or style, no external resources, no embedding in frames. */
export const panelCsp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** True for a URL of the panel's own page. */
export function isPanelUrl(url: string): boolean {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}` === panelOrigin;
  } catch {
    return false;
  }
}

/** The built panel's files by URL path. Only paths in this map can be read, however a request spells them. */
export type Shell = ReadonlyMap<string, { file: string; type: string }>;

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * Lists the files of the built panel.
 * @throws Error if it was not built
 */
export function loadShell(folder: string): Shell {
  const shell = new Map<string, { file: string; type: string }>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || !type) continue;
    const file = join(entry.parentPath, entry.name);
    shell.set(posix.join('/', relative(folder, file).split(sep).join('/')), { file, type });
  }
  const index = shell.get('/index.html');
  if (!index) throw new Error(`${folder} contains no built panel: run npm run build`);
  return shell.set('/', index);
}
