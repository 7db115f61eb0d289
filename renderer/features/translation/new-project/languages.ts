import type { SelectOption } from '../../../ui/select.tsx';

/** Languages as our checks know them; any other may be typed. Each with its own name, which needs no translation. */
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
