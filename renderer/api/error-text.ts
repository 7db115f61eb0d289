import { currentCatalogue } from '../i18n/current-language.ts';

/** An error of an operation, or of the server's status. */
interface CodedError {
  code: string;
  message: string;
  details?: Record<string, unknown>;
}

export interface ErrorParts {
  text: string;
  /** The core's own English words, where `text` is only what their code means. */
  original: string | null;
}

/**
 * What an error says in the language on screen. The core speaks English; another language says what the code means,
 * and the core's words, which name the field, file or model, stay readable behind it.
 */
export function errorParts({ code, message, details }: CodedError): ErrorParts {
  const meaning = (currentCatalogue()?.errors.byCode as Partial<Record<string, string>> | undefined)?.[code];
  // What the page itself has to say is in its language already.
  if (meaning === undefined || details?.origin === 'page') return { text: message, original: null };
  return { text: meaning, original: message };
}

/** The same in one line. */
export function errorText(error: CodedError): string {
  const { text, original } = errorParts(error);
  return original === null ? text : `${text} ${original}`;
}
