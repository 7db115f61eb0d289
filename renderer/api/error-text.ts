import { connectionText } from './connection-text.ts';
import { translatedFields } from './field-problems.ts';
import { currentCatalogue } from '../i18n/current-language.ts';

/** An error of an operation, or in the server's status. */
interface CodedError {
  code: string;
  message: string;
  details?: Record<string, unknown>;
}

export interface ErrorParts {
  text: string;
  /** The invalid fields, if all of them are translated. */
  fields: string | null;
  /** The core's English message, if `text` is only the meaning of the code and `fields` is null. */
  original: string | null;
}

/**
 * An error's text in the current language. The core's messages are English; in other languages the code's
 * meaning is shown, and the core's message, which names the field, file or model, is available as well. A
 * failed connection is translated with its values, and invalid fields if each of them has a code.
 */
export function errorParts({ code, message, details }: CodedError): ErrorParts {
  const connection = connectionText(details?.connection);
  if (connection !== null) return { text: connection.text, fields: null, original: null };
  const meaning = (currentCatalogue()?.errors.byCode as Partial<Record<string, string>> | undefined)?.[code];
  // Errors of the page itself are already in its language.
  if (meaning === undefined || details?.origin === 'page')
    return { text: message, fields: null, original: null };
  const fields = translatedFields(details);
  return { text: meaning, fields, original: fields === null ? message : null };
}

/** The same on one line. Japanese and Chinese have no space between sentences. */
export function errorText(error: CodedError): string {
  const { text, fields, original } = errorParts(error);
  return `${text}${fields ?? original ?? ''}`;
}
