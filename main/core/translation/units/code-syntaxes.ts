import type { CodeSyntax } from '../text/code-tokens.ts';

const ofFormat: Readonly<Record<string, readonly CodeSyntax[]>> = {
  renpy: ['renpy'],
  rpgmaker: ['rpgmaker', 'printf'],
  kag: ['kag'],
  po: ['printf', 'brace'],
  xunity: ['unity', 'printf', 'brace'],
  subtitles: ['brace', 'unity', 'rpgmaker'],
};

/** The kinds of code in a format's texts; undefined for an unknown format, which means `defaultSyntaxes`. */
export function syntaxesOf(format: string): readonly CodeSyntax[] | undefined {
  return ofFormat[format];
}
