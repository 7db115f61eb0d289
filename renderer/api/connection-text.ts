import type { TextDetail } from '../../contract/coded-texts.ts';
import type { ConnectionFailure } from '../../contract/connection-failure.ts';
import type { ConnectionText } from '../i18n/core-texts.ts';
import { currentCatalogue } from '../i18n/current-language.ts';
import { codedText } from './coded-text.ts';
import { isObject } from './is-object.ts';

/**
 * A failed connection in the current language.
 * @param failure `connection` of an error's details or of a check
 * @returns null in English, and if there is none or its code is a newer server's
 */
export function connectionText(failure: unknown): ConnectionText | null {
  const texts = currentCatalogue()?.connections as
    | Partial<Record<string, (values: ConnectionFailure['values']) => ConnectionText>>
    | undefined;
  if (!isObject(failure) || typeof failure.code !== 'string' || !isObject(failure.values)) return null;
  return texts?.[failure.code]?.(failure.values as ConnectionFailure['values']) ?? null;
}

interface Check {
  message: string;
  message_detail?: TextDetail | undefined;
  connection?: ConnectionFailure | undefined;
  /** Advice that the message repeats. */
  hint?: string | undefined;
}

/** Why a check of a provider or local server failed, in the current language and without advice. */
export function checkText({ message, message_detail: detail, connection, hint }: Check): string {
  const translated = connectionText(connection);
  if (translated !== null) return translated.text;
  const text = codedText('provider_check', message, detail);
  return hint === undefined ? text : text.replace(`; ${hint}`, '');
}
