const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
// East Asian punctuation and symbols that Japanese and Chinese game fonts draw at full width.
const wideInGames = /[…—―‥“”‘’※★☆♪♥→←↑↓〇○●◎◆◇□■△▲▽▼×÷]/u;
const combining = /\p{Mark}/u;

/** The width of one letter in cells: 2 for a full-width letter, 0 for a combining mark. */
export function cellsOf(letter: string): number {
  if (letter >= ' ' && letter <= '~') return 1;
  if (wide.test(letter) || wideInGames.test(letter)) return 2;
  return combining.test(letter) ? 0 : 1;
}
