import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { renderer, sourceNames } from './syntax-tree.mjs';

// The browser objects that the page's modules need while they load.
const storage = { getItem: () => null, setItem: () => {} };
const page = Object.assign(new EventTarget(), {
  location: new URL('http://127.0.0.1:1/'),
  history: { replaceState: () => {} },
  localStorage: storage,
  sessionStorage: storage,
  matchMedia: () => ({ matches: false, addEventListener: () => {} }),
  panel: { request: () => {}, onEvent: () => {} },
});
const html = { lang: '', dataset: {}, style: {} };

beforeAll(() => {
  vi.resetModules();
  vi.stubGlobal('window', page);
  vi.stubGlobal('location', page.location);
  vi.stubGlobal('navigator', { language: 'en', languages: ['en'], userAgent: '' });
  vi.stubGlobal('devicePixelRatio', 1);
  vi.stubGlobal('matchMedia', page.matchMedia);
  vi.stubGlobal('document', { documentElement: html, addEventListener: () => {} });
});
afterAll(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** A catalogue with any key, whose texts record the line of the page that reads them. */
function recordingCatalogue(reads) {
  const at = (path) =>
    new Proxy(() => path, {
      get(_target, key) {
        if (typeof key === 'symbol' || key === 'toString') return () => path;
        const line = new Error().stack.split('\n').find((one) => /renderer\/(?!i18n|messages)/.test(one));
        reads.add(`${path}.${key} ${/renderer\/\S+?:\d+/.exec(line ?? '')?.[0] ?? ''}`);
        return at(`${path}.${key}`);
      },
    });
  return new Proxy({}, { get: (_target, name) => at(String(name)) });
}

test('no text is read while a module loads, as it would keep the language of that moment', async () => {
  const load = (name) => import(join(renderer, name));
  const reads = new Set();
  const { showLanguage } = await load('i18n/current-language.ts');
  showLanguage('ja', recordingCatalogue(reads));
  const names = sourceNames((name) => !/^(i18n\/(ja|zh)\/|main\.tsx)/.test(name));
  for (const name of names) await load(name);
  expect([...reads]).toEqual([]);
  expect(names.length).toBeGreaterThan(300);

  const { benchMessages } = await load('messages/bench-messages.ts');
  expect(String(benchMessages.bench.inputs)).toBe('bench.bench.inputs');
  expect(reads.size).toBeGreaterThan(0);
}, 60_000);
