import type { CodedText } from '../../../contract/coded-texts.ts';
import { codedText } from './coded-text.ts';

/** Why a header cannot be sent as it is, without quoting its value; null if it can. */
export function headerProblem(name: string, value: string): CodedText<'file_problem'> | null {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
    return codedText('file_problem', 'header', { fault: 'name' }, 'is not a header name');
  if (/[\r\n\0]/.test(value))
    return codedText('file_problem', 'header', { fault: 'line_break' }, 'has a line break in its value');
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
    const message = 'has characters beyond Latin-1 in its value';
    return codedText('file_problem', 'header', { fault: 'not_latin1' }, message);
  }
  return null;
}
