import { AppError } from './app-error.ts';

const schemes = /^(?:bearer|basic|token|api-?key)[\s:]+\S/i;
const quoted = /^(["'`“”„‘’«»「」]).*|.*(["'`“”‘’«»」])$/su;
/** A line of a settings file or shell script, or a placeholder from documentation. */
const assignment = /^(?:export\s+)?[A-Z][A-Z0-9_]*(?:KEY|TOKEN|SECRET)\s*[=:]/;
const placeholder = /^(?:\$\{?\w+\}?|%\w+%|<[^>]*>|\{\{?[^}]*\}?\}|•+.*|\*+)$/;
// oxlint-disable-next-line no-control-regex -- what a terminal or a PDF puts into a copied text
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

const withSpace = 'has a space in it: paste the key alone, without a name or “Bearer”';

/**
 * Why a text is not a key that a header can carry, worded to follow the name of the field; null if it is one.
 * Surrounding white space is allowed. The message never contains the key.
 */
export function keyProblem(text: string): string | null {
  const key = text.trim();
  if (key === '') return 'is empty';
  if (/[\r\n\u0085\u2028\u2029]/.test(key))
    return 'has a line break in it: it has to be the key alone, in one line';
  if (assignment.test(key)) return 'has the name of a variable in it: it has to be the key alone';
  if (/^authorization\b/i.test(key))
    return 'is a whole header: it has to be the key alone, without “Authorization” and “Bearer”';
  if (schemes.test(key)) return withSpace;
  if (/\p{Cf}/u.test(key))
    return 'has an invisible character in it, as pages and chat programs put into copied text: copy it again';
  if (control.test(key)) return 'has a control character in it: it has to be the key alone, in one line';
  if (/\s/.test(key)) return withSpace;
  if (quoted.test(key)) return 'has a quotation mark around it: it has to be the key alone';
  if (placeholder.test(key)) return 'is a placeholder and not a key';
  if (/\\[nrt]/.test(key)) return 'has “\\n” or the like written out in it: it has to be the key alone';
  if (!/^[\x21-\x7e]+$/.test(key))
    return 'has characters that no header can carry, full-width or accented ones: type them as plain letters';
  return null;
}

/**
 * A pasted key without surrounding white space.
 * @throws AppError `invalid_request` for text that cannot be sent in a header; the message never contains the
 * key
 */
export function keyText(pasted: string): string {
  const problem = keyProblem(pasted);
  if (problem === null) return pasted.trim();
  const message = problem === 'is empty' ? 'there is no key to save' : `the key ${problem}`;
  throw new AppError('invalid_request', message, { fields: [{ path: 'key', message }] });
}

/** Headers whose whole value is a key. */
const keyHeader = /^(x-api-key|api-key|x-goog-api-key|apikey)$/i;

/** The same check for a header that carries a key: in `Authorization` a scheme precedes the key. */
export function keyHeaderProblem(name: string, value: string): string | null {
  if (keyHeader.test(name)) return keyProblem(value);
  if (!/^(proxy-)?authori[sz]ation$/i.test(name)) return null;
  const [, rest] = /^bearer\s+(.*)$/is.exec(value.trim()) ?? [];
  return rest === undefined ? null : keyProblem(rest);
}
