import { connectionText } from './connection-text.ts';
import { currentCatalogue } from '../i18n/current-language.ts';

/** An error of an operation, or in the server's status. */
interface CodedError {
  code: string;
  message: string;
  details?: Record<string, unknown>;
}

export interface ErrorParts {
  text: string;
  /** The core's English message, if `text` is only the meaning of the code. */
  original: string | null;
}

/**
 * An error's text in the current language. The core's messages are English; in other languages the code's
 * meaning is shown, and the core's message, which names the field, file or model, is available as well. A
 * failed connection is translated with its values.
 */
export function errorParts({ code, message, details }: CodedError): ErrorParts {
  const connection = connectionText(details?.connection);
  if (connection !== null) return { text: connection.text, original: null };
  const meaning = (currentCatalogue()?.errors.byCode as Partial<Record<string, string>> | undefined)?.[code];
  // Errors of the page itself are already in its language.
  if (meaning === undefined || details?.origin === 'page') return { text: message, original: null };
  return { text: meaning, original: message };
}

/** The same on one line. Japanese and Chinese have no space between sentences. */
export function errorText(error: CodedError): string {
  const { text, original } = errorParts(error);
  return original === null ? text : `${text}${original}`;
}
