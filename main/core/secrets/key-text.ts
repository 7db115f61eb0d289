import { AppError } from '../lib/app-error.ts';
import { headerProblem } from '../lib/headers.ts';

/**
 * A key as it was pasted, without the white space around it.
 * @throws AppError `invalid_request` for what cannot be sent in a header; the message never has the key in it
 */
export function keyText(pasted: string): string {
  const key = pasted.trim();
  const problem = problemOf(key);
  if (problem)
    throw new AppError('invalid_request', problem, { fields: [{ path: 'key', message: problem }] });
  return key;
}

function problemOf(key: string): string | null {
  if (key === '') return 'there is no key to save';
  // oxlint-disable-next-line no-control-regex -- what a terminal or a PDF puts into a copied text
  if (/[\u0000-\u001f\u007f-\u009f]/.test(key))
    return 'the key has a line break or another control character in it: paste it alone, in one line';
  if (/\s/.test(key)) return 'the key has a space in it: paste the key alone, without a name or “Bearer”';
  if (headerProblem('authorization', key)) return 'the key has characters that no header can carry';
  return null;
}
