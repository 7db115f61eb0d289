import type { CodedText } from '../../../../contract/coded-texts.ts';
import type { PackProblem } from '../../../../contract/user-pack.ts';
import { detailOf } from '../../lib/coded-text.ts';

/**
 * A problem of a pack.
 * @param path the place in the file; empty for the whole file
 * @param position lines and columns from 1, if they are known
 */
export function packProblem(
  file: string,
  path: string,
  text: CodedText<'file_problem'>,
  position: { line?: number; column?: number } = {},
): PackProblem {
  return { file, path, message: text.message, message_detail: detailOf(text), ...position };
}
