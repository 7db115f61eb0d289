import { translationMessages as t } from '../../../messages/translation-messages.ts';

/** A file format's name, for its id in the core. */
export function formatName(id: string): string {
  return (t.files.formats as Partial<Record<string, string>>)[id] ?? id;
}

const encodings: Partial<Record<string, string>> = {
  utf8: 'UTF-8',
  utf16le: 'UTF-16 LE',
  utf16be: 'UTF-16 BE',
  shift_jis: 'Shift_JIS',
  big5: 'Big5',
};

/** An encoding's usual name, for its name in `iconv-lite`. */
export function encodingName(name: string): string {
  return encodings[name] ?? name.replace(/^(euc|iso|gb)/, (prefix) => prefix.toUpperCase());
}
