import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { errorInfoOf } from '../../../api/operation-error.ts';
import type { UploadProgress } from './upload.ts';

const files = Array.from({ length: 12 }, (_, n) => ({
  path: `${n}.txt`,
  file: new File(['line'], `${n}.txt`),
}));

const refusal = { ok: false, error: { code: 'invalid_request', message: 'this file is too large' } };

beforeEach(() => {
  vi.stubGlobal('window', {
    location: { hash: '' },
    sessionStorage: { getItem: () => 'token' },
    addEventListener: () => {},
  });
});
afterEach(() => vi.unstubAllGlobals());

const turn = () => new Promise((resolve) => setTimeout(resolve));

/** Uploads to a server that answers each file with `answer`, one event loop turn later. */
async function upload(answer: (path: string) => unknown) {
  const sent: string[] = [];
  vi.stubGlobal('fetch', async (path: string, { signal }: RequestInit) => {
    if (!path.includes('?')) return Response.json({ upload: 'u1' });
    sent.push(path);
    await turn();
    signal?.throwIfAborted();
    const body = answer(path);
    return Response.json(body, { status: body === refusal ? 400 : 200 });
  });
  const { uploadFiles } = await import('./upload.ts');
  const reports: UploadProgress[] = [];
  const result = await uploadFiles(files, (progress) => reports.push(progress)).catch(errorInfoOf);
  const atEnd = [sent.length, reports.length];
  // Enough turns for all files, one after the other.
  for (const _ of files) await turn();
  return { result, sent, reports, atEnd };
}

test('every text file is sent once, and the progress ends with all of them', async () => {
  const { result, sent, reports } = await upload(() => ({ ok: true }));
  expect(result).toBe('u1');
  expect(new Set(sent).size).toBe(files.length);
  expect(sent).toHaveLength(files.length);
  expect(reports.at(-1)).toMatchObject({ done: 12, of: 12 });
});

test('a refused file ends the upload: no further file is sent and no further progress reported', async () => {
  const { result, sent, reports, atEnd } = await upload((path) =>
    path.endsWith('=2.txt') ? refusal : { ok: true },
  );
  expect(result).toMatchObject({ code: 'invalid_request', message: 'this file is too large' });
  expect(sent.length).toBeLessThan(files.length);
  expect([sent.length, reports.length]).toEqual(atEnd);
});
