import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadShell, panelCsp } from '../core/app/panel-page.ts';
import { temporaryFolder } from '../core/__fixtures__/test-core.ts';
import { panelFolder, rawExchange, testServer } from './__fixtures__/test-server.ts';

const panel = {
  'assets/app-abc.js': 'export const app = 1;',
  'assets/app-abc.css': 'b{}',
  'data.json': '{"hidden":1}',
  '.env': 'SECRET=1',
};

describe('the panel served to a browser', () => {
  test('has a Content-Security-Policy without inline or foreign code, and cannot be framed', async () => {
    const { send } = await testServer({ panel });
    for (const path of ['/', '/index.html', '/assets/app-abc.js']) {
      const { headers } = await send({ path });
      expect(headers['content-security-policy']).toBe(panelCsp);
    }
    expect(panelCsp).not.toMatch(/unsafe|\*|https?:/);
    expect(panelCsp).toContain("frame-ancestors 'none'");
  });

  test('has a type for each file; hashed files are cached, the page is not', async () => {
    const { send } = await testServer({ panel });
    const script = await send({ path: '/assets/app-abc.js' });
    expect([script.text, script.headers['content-type']]).toEqual([
      'export const app = 1;',
      'text/javascript; charset=utf-8',
    ]);
    expect(script.headers['cache-control']).toContain('immutable');
    const page = await send({ path: '/?a=b' });
    expect([page.status, page.headers['content-type'], page.headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ]);
  });

  test('does not serve files of other types in its folder', async () => {
    const { send } = await testServer({ panel });
    for (const path of ['/data.json', '/.env', '/assets', '/assets/'])
      expect((await send({ path })).status, path).toBe(404);
  });

  test('answers a POST to its page with 405', async () => {
    expect((await (await testServer({ panel })).send({ method: 'POST', path: '/' })).status).toBe(405);
  });
});

describe('no file outside its folder can be read', () => {
  const up = [
    '../',
    '..%2f',
    '%2e%2e/',
    '%2e%2e%2f',
    '.%2e/',
    '..%5c',
    '..\\',
    '%252e%252e%252f',
    '..%c0%af',
    '%c0%ae%c0%ae/',
    '..;/',
    '....//',
    './../',
  ];
  for (const step of up) {
    test(`by ${step}`, async () => {
      const folder = panelFolder(panel);
      writeFileSync(join(folder, '..', 'outside.js'), 'SECRET-OUTSIDE');
      const { port } = await testServer({ panel });
      for (const path of [
        `/${step}outside.js`,
        `/assets/${step}${step}outside.js`,
        `/assets/${step}${step}${step}${step}${step}${step}etc/passwd`,
        `/${step}package.json`,
      ]) {
        const text = await rawExchange(
          port,
          `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
        );
        expect(text, path).toMatch(/^HTTP\/1\.1 40[04] /);
        expect(text, path).not.toMatch(/SECRET-OUTSIDE|root:/);
      }
    });
  }

  test('by an absolute path of the file system', async () => {
    const { send } = await testServer({ panel });
    for (const path of ['//etc/passwd', '/file:///etc/passwd', `/${encodeURIComponent('/etc/passwd')}`])
      expect((await send({ path })).status, path).toBe(404);
  });
});

test('a panel that is not built is an error with the command that builds it', () => {
  expect(() => loadShell(temporaryFolder())).toThrow('npm run build');
});

test('without a panel there is no page and no /rpc', async () => {
  const { send, panelToken } = await testServer();
  const root = await send({ path: '/' });
  expect([root.status, root.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
  const reply = await send({
    method: 'POST',
    path: '/rpc/settings.get',
    headers: { authorization: `Bearer ${panelToken}` },
  });
  expect(reply.status).toBe(404);
});
