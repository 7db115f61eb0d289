import type { SelectOption } from '../../../ui/select.tsx';

/** Languages with checks of their own; any other can be typed. Each has its own name, which needs no translation. */
const known: readonly [name: string, own: string][] = [
  ['English', 'English'],
  ['Japanese', '日本語'],
  ['Simplified Chinese', '简体中文'],
  ['Traditional Chinese', '繁體中文'],
  ['Korean', '한국어'],
  ['Spanish', 'Español'],
  ['Portuguese', 'Português'],
  ['French', 'Français'],
  ['German', 'Deutsch'],
  ['Italian', 'Italiano'],
  ['Russian', 'Русский'],
  ['Ukrainian', 'Українська'],
  ['Polish', 'Polski'],
  ['Turkish', 'Türkçe'],
  ['Vietnamese', 'Tiếng Việt'],
  ['Indonesian', 'Bahasa Indonesia'],
  ['Thai', 'ไทย'],
  ['Arabic', 'العربية'],
];

export const languageOptions: readonly SelectOption[] = known.map(([value, note]) => ({
  value,
  label: value,
  note,
}));
