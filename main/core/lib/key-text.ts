import type { CodedText } from '../../../contract/coded-texts.ts';
import { AppError } from './app-error.ts';
import { codedText } from './coded-text.ts';
import { partOf } from './notice.ts';

const schemes = /^(?:bearer|basic|token|api-?key)[\s:]+\S/i;
const quoted = /^(["'`“”„‘’«»「」]).*|.*(["'`“”‘’«»」])$/su;
/** A line of a settings file or shell script, or a placeholder from documentation. */
const assignment = /^(?:export\s+)?[A-Z][A-Z0-9_]*(?:KEY|TOKEN|SECRET)\s*[=:]/;
const placeholder = /^(?:\$\{?\w+\}?|%\w+%|<[^>]*>|\{\{?[^}]*\}?\}|•+.*|\*+)$/;
// oxlint-disable-next-line no-control-regex -- what a terminal or a PDF puts into a copied text
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

type KeyProblem = CodedText<'key_problem'>;

/**
 * Why a text is not a key that a header can carry; null if it is one. Surrounding white space is allowed. The
 * English message is worded to follow the name of the field, and never contains the key.
 * @param variable the variable that contains the key; null if it stands elsewhere
 */
export function keyProblem(text: string, variable: string | null = null): KeyProblem | null {
  const key = text.trim();
  const values = { variable };
  if (key === '') return codedText('key_problem', 'empty', values, 'is empty');
  if (/[\r\n\u0085\u2028\u2029]/.test(key)) {
    const message = 'has a line break in it: it has to be the key alone, in one line';
    return codedText('key_problem', 'line_break', values, message);
  }
  if (assignment.test(key)) {
    const message = 'has the name of a variable in it: it has to be the key alone';
    return codedText('key_problem', 'variable_name', values, message);
  }
  if (/^authorization\b/i.test(key)) {
    const message = 'is a whole header: it has to be the key alone, without “Authorization” and “Bearer”';
    return codedText('key_problem', 'whole_header', values, message);
  }
  return schemes.test(key) ? withSpace(variable) : unsendable(key, variable);
}

function withSpace(variable: string | null): KeyProblem {
  const message = 'has a space in it: paste the key alone, without a name or “Bearer”';
  return codedText('key_problem', 'space', { variable }, message);
}

function unsendable(key: string, variable: string | null): KeyProblem | null {
  const values = { variable };
  if (/\p{Cf}/u.test(key)) {
    const message =
      'has an invisible character in it, as pages and chat programs put into copied text: copy it again';
    return codedText('key_problem', 'invisible_character', values, message);
  }
  if (control.test(key)) {
    const message = 'has a control character in it: it has to be the key alone, in one line';
    return codedText('key_problem', 'control_character', values, message);
  }
  if (/\s/.test(key)) return withSpace(variable);
  if (quoted.test(key)) {
    const message = 'has a quotation mark around it: it has to be the key alone';
    return codedText('key_problem', 'quotation_mark', values, message);
  }
  if (placeholder.test(key))
    return codedText('key_problem', 'placeholder', values, 'is a placeholder and not a key');
  if (/\\[nrt]/.test(key)) {
    const message = 'has “\\n” or the like written out in it: it has to be the key alone';
    return codedText('key_problem', 'escape', values, message);
  }
  if (/^[\x21-\x7e]+$/.test(key)) return null;
  const message =
    'has characters that no header can carry, full-width or accented ones: type them as plain letters';
  return codedText('key_problem', 'not_ascii', values, message);
}

/**
 * A pasted key without surrounding white space.
 * @throws AppError `invalid_request` for text that cannot be sent in a header; the message never contains the
 * key
 */
export function keyText(pasted: string): string {
  const problem = keyProblem(pasted);
  if (problem === null) return pasted.trim();
  const message = problem.code === 'empty' ? 'there is no key to save' : `the key ${problem.message}`;
  const message_detail = partOf('key_problem', problem);
  throw new AppError('invalid_request', message, { fields: [{ path: 'key', message, message_detail }] });
}

/** Headers whose whole value is a key. */
const keyHeader = /^(x-api-key|api-key|x-goog-api-key|apikey)$/i;

/** The same check for a header that carries a key: in `Authorization` a scheme precedes the key. */
export function keyHeaderProblem(name: string, value: string): KeyProblem | null {
  if (keyHeader.test(name)) return keyProblem(value);
  if (!/^(proxy-)?authori[sz]ation$/i.test(name)) return null;
  const [, rest] = /^bearer\s+(.*)$/is.exec(value.trim()) ?? [];
  return rest === undefined ? null : keyProblem(rest);
}
