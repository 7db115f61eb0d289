import { OperationError, pageError } from '../api/operation-error.ts';
import { messages } from '../messages.ts';

/**
 * The text of a file that the user chose: UTF-8, or UTF-16 with a byte order mark, as Excel saves it.
 * @throws OperationError for another encoding, such as Shift_JIS, whose text would silently be garbled
 */
export async function readTextFile(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new OperationError(pageError('file_unreadable', messages.ui.notUtf8), { cause });
  }
}
