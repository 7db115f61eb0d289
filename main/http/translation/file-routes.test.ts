import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { unzipSync } from 'fflate';
import { maxUploadBytes } from '../../core/translation/project/uploads.ts';
import { testServer } from '../__fixtures__/test-server.ts';

const language = { target_language: 'Japanese', source_language: 'English' };

test('a game is uploaded, translated and downloaded without access to the server’s folders', async () => {
  const transport = await testServer();
  const upload = String(
    (await transport.send({ method: 'POST', path: '/api/translate/uploads' })).json()['upload'],
  );
  const put = (path: string, body: string) =>
    transport.send({
      method: 'POST',
      path: `/api/translate/uploads/${upload}?path=${encodeURIComponent(path)}`,
      body,
    });
  const text = 'The rain fell.\n'.repeat(3) + 'She waited.\n';
  expect((await put('chapter one/a.txt', text)).json()).toMatchObject({ ok: true, bytes: text.length });
  const made = await transport.send({
    method: 'POST',
    path: '/api/translate/projects',
    body: { upload, provider: 'stub', name: 'Rain 雨', ...language },
  });
  const { id } = made.json()['project'] as { id: string };
  const post = (name: string, body: object = {}) =>
    transport.send({ method: 'POST', path: `/api/translate/projects/${id}/${name}`, body });
  expect((await post('import')).json()).toMatchObject({ files: 1, units: 4 });
  const download = `/api/translate/projects/${id}/download`;
  const early = await transport.send({ path: download });
  expect([early.status, early.json()['message']]).toEqual([
    400,
    expect.stringContaining('export the project first'),
  ]);
  await post('run', { wait: true });
  await post('export');
  const response = await fetch(`${transport.url}${download}`);
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="Rain_.zip"');
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
  expect(Object.keys(files)).toEqual(['chapter one/a.txt']);
  expect(Buffer.from(files['chapter one/a.txt'] ?? []).toString('utf8')).toBe(
    '~The rain fell.~\n'.repeat(3) + '~She waited.~\n',
  );
});

test('an upload with a path outside its folder, or without one, is refused before anything is written', async () => {
  const transport = await testServer();
  const { upload } = (await transport.send({ method: 'POST', path: '/api/translate/uploads' })).json();
  const put = async (id: unknown, query: string) =>
    (
      await transport.send({
        method: 'POST',
        path: `/api/translate/uploads/${String(id)}${query}`,
        body: 'x',
      })
    ).status;
  expect(await put(upload, '?path=..%2F..%2Fevil.txt')).toBe(400);
  expect(await put(upload, '?path=%2Fetc%2Fpasswd')).toBe(400);
  expect(await put(upload, '')).toBe(400);
  expect(await put('0'.repeat(32), '?path=a.txt')).toBe(404);
  expect(await put('..%2F..', '?path=a.txt')).toBe(404);
});

test('too large an upload is stopped, and the limit named', async () => {
  const transport = await testServer();
  const { uploads } = await transport.core.translation();
  const id = uploads.begin();
  async function* flood() {
    const chunk = Buffer.alloc(1024 * 1024);
    for (let sent = 0; sent <= maxUploadBytes; sent += chunk.length) yield chunk;
  }
  await expect(uploads.add(id, 'big.txt', Readable.from(flood()))).rejects.toThrow('512 MB');
  // The file does not exist, and its bytes do not count.
  await expect(uploads.add(id, 'small.txt', Readable.from([Buffer.from('x')]))).resolves.toEqual({
    bytes: 1,
  });
});
