import { findCommand } from './find-chromium.mjs';
import { capture } from './run.mjs';

/** fontconfig's language tags, by the panel's languages that need a font of their own. */
const scripts = { ja: 'ja', 'zh-CN': 'zh-cn' };

/**
 * @param {(pattern: string) => string} list `fc-list`: a line for every font that has the pattern's letters
 * @returns {string[]} the panel's languages without a font
 */
export function languagesWithoutFont(list) {
  return Object.keys(scripts).filter((language) => list(`:lang=${scripts[language]}`).trim() === '');
}

/**
 * Windows and macOS have fonts for Japanese and Chinese.
 * @throws on Linux if fontconfig is missing, or knows no font for one of the panel's languages
 */
export function requireFonts() {
  if (process.platform !== 'linux') return;
  if (!findCommand('fc-list')) throw new Error('fc-list is missing: install fontconfig.');
  const missing = languagesWithoutFont((pattern) => capture('fc-list', [pattern]));
  if (missing.length > 0)
    throw new Error(`No font for ${missing.join(' and ')}: install fonts-noto-cjk, or pictures show boxes.`);
}
