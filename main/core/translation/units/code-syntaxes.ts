import type { CodeSyntax } from '../text/code-tokens.ts';

const ofFormat: Readonly<Record<string, readonly CodeSyntax[]>> = {
  renpy: ['renpy'],
  rpgmaker: ['rpgmaker', 'printf'],
  kag: ['kag'],
  po: ['printf', 'brace'],
  xunity: ['unity', 'printf', 'brace'],
  subtitles: ['brace', 'unity', 'rpgmaker'],
};

/** Whose code a file's texts may hold; undefined (everything that prose does not resemble) where nothing is known. */
export function syntaxesOf(format: string): readonly CodeSyntax[] | undefined {
  return ofFormat[format];
}
