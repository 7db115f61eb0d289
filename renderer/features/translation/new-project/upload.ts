import { fetchFromServer } from '../../../api/fetch-from-server.ts';
import { OperationError, pageError } from '../../../api/operation-error.ts';
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

/** The server's limits, checked before the upload starts. */
const maxBytes = 512 * 1024 * 1024;
const maxFiles = 20_000;
const maxParallel = 4;

function refuse(message: string): never {
  throw new OperationError(pageError('invalid_request', message));
}

async function post(path: string, body?: Blob, signal?: AbortSignal): Promise<unknown> {
  const headers = body && { 'content-type': 'application/octet-stream' };
  const response = await fetchFromServer(path, { method: 'POST', headers, body, signal });
  return response.json().catch(() => refuse(t.create.uploadFailed));
}

/**
 * Uploads the text files, a few in parallel. The first failure ends the upload.
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
  const stop = new AbortController();
  let [next, done] = [0, 0];
  const report = () => {
    // After a failure, parallel uploads may still finish.
    if (!stop.signal.aborted) onProgress({ done, of: texts.length, bytes });
  };
  report();
  const work = async (): Promise<void> => {
    for (let one = texts[next++]; one && !stop.signal.aborted; one = texts[next++]) {
      const path = `/api/translate/uploads/${upload}?path=${encodeURIComponent(one.path)}`;
      await post(path, one.file, stop.signal);
      done++;
      report();
    }
  };
  try {
    await Promise.all(Array.from({ length: maxParallel }, work));
  } catch (thrown) {
    stop.abort();
    throw thrown;
  }
  return upload;
}
