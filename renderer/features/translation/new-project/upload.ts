import { accessToken } from '../../../api/access-token.ts';
import { failure, OperationError } from '../../../api/operation-error.ts';
import { readFailure } from '../../../api/read-failure.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { formatBytes, formatCount } from '../../../ui/format.ts';
import type { FoundFile } from './dropped-files.ts';
import { mayHoldText } from './dropped-files.ts';

export interface UploadProgress {
  done: number;
  of: number;
  /** Bytes of all files together. */
  bytes: number;
}

/** The server's limits: checked before the first byte instead of after the last. */
const maxBytes = 512 * 1024 * 1024;
const maxFiles = 20_000;
const atOnce = 4;

function refuse(message: string): never {
  const answer = failure('invalid_request', message, '');
  throw new OperationError(answer.ok ? { code: 'internal_error', message, request_id: '' } : answer.error);
}

async function post(path: string, body?: Blob): Promise<unknown> {
  const headers: Record<string, string> = { authorization: `Bearer ${accessToken ?? ''}` };
  if (body) headers['content-type'] = 'application/octet-stream';
  const response = await fetch(path, { method: 'POST', headers, body }).catch(() =>
    refuse(t.create.uploadFailed),
  );
  const answer: unknown = await response.json().catch(() => null);
  const failed = readFailure(answer, '');
  if (failed && !failed.ok) throw new OperationError(failed.error);
  if (!response.ok || answer === null) refuse(t.create.uploadFailed);
  return answer;
}

/**
 * Sends the text files among these, a few at a time.
 * @returns the upload's id
 */
export async function uploadFiles(
  files: readonly FoundFile[],
  onProgress: (progress: UploadProgress) => void,
): Promise<string> {
  const texts = files.filter(({ path }) => mayHoldText(path));
  if (texts.length === 0) refuse(t.create.nothingToUpload);
  const bytes = texts.reduce((sum, { file }) => sum + file.size, 0);
  if (bytes > maxBytes) refuse(t.create.tooMuch(formatBytes(bytes), formatBytes(maxBytes)));
  if (texts.length > maxFiles) refuse(t.create.tooMany(formatCount(texts.length), formatCount(maxFiles)));
  const { upload } = (await post('/api/translate/uploads')) as { upload: string };
  let [next, done] = [0, 0];
  onProgress({ done, of: texts.length, bytes });
  const work = async (): Promise<void> => {
    for (let one = texts[next++]; one; one = texts[next++]) {
      await post(`/api/translate/uploads/${upload}?path=${encodeURIComponent(one.path)}`, one.file);
      onProgress({ done: ++done, of: texts.length, bytes });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return upload;
}
