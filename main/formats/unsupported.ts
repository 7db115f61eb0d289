import { extension } from './shared/read-text.ts';

const reasons = {
  rpa: 'a Ren’Py archive. It is not unpacked: extract its .rpy files with a tool such as rpatool or unrpa first.',
  rpyc: 'a compiled Ren’Py script. It is not decompiled: get the .rpy file it was made from.',
  rpymc: 'a compiled Ren’Py module. It is not decompiled: get the .rpym file it was made from.',
  xp3: 'a KiriKiri archive. It is not unpacked: extract its .ks files first.',
  rgssad: 'an RPG Maker XP archive. It is not unpacked: extract it first.',
  rgss2a: 'an RPG Maker VX archive. It is not unpacked: extract it first.',
  rgss3a: 'an RPG Maker VX Ace archive. It is not unpacked: extract it first.',
  rxdata:
    'RPG Maker XP data in Ruby’s binary format, which is not read. Convert it to JSON or a table first.',
  rvdata:
    'RPG Maker VX data in Ruby’s binary format, which is not read. Convert it to JSON or a table first.',
  rvdata2:
    'RPG Maker VX Ace data in Ruby’s binary format, which is not read. Convert it to JSON or a table first.',
  mo: 'a compiled gettext catalogue. Translate the .po file it was made from (msgunfmt makes one).',
  trans: 'a Translator++ project. Export it from Translator++ as a table (CSV) or as JSON.',
  xlsx: 'an Excel workbook. Save the sheet as CSV (UTF-8).',
  scn: 'a compiled KiriKiri scenario (PSB). Extract its texts first, with VNTextPatch for example.',
};

/** An extension of files that contain a game's text and cannot be read. */
export type UnsupportedType = keyof typeof reasons;

/** Why a file cannot be read. */
export interface Unsupported {
  type: UnsupportedType;
  reason: string;
}

const isUnsupported = (type: string): type is UnsupportedType => Object.hasOwn(reasons, type);

/** Why a file that contains a game's text cannot be read. Null for all other files. */
export function unsupportedFile(path: string): Unsupported | null {
  const type = extension(path);
  return isUnsupported(type) ? { type, reason: `${path} is ${reasons[type]}` } : null;
}

/**
 * Explains that a game's text is only in archives or compiled scripts. Null if there is a script to read.
 * @param paths all files of the game
 */
export function unsupportedGame(paths: readonly string[]): string | null {
  const withExtension = (...kinds: string[]) => paths.filter((path) => kinds.includes(extension(path)));
  if (withExtension('rpy', 'rpym', 'ks').length > 0) return null;
  const [archive] = withExtension('rpa');
  const compiled = withExtension('rpyc', 'rpymc');
  if (archive !== undefined) {
    return `The game’s scripts are in Ren’Py archives (${archive}), which are not unpacked. Extract the .rpy files first.`;
  }
  if (compiled.length > 0) {
    return (
      `The game has only compiled Ren’Py scripts (${compiled[0] ?? ''}), which are not decompiled. ` +
      'Get the .rpy files from its author, or decompile them with unrpyc first.'
    );
  }
  const [kirikiri] = withExtension('xp3');
  if (kirikiri === undefined) return null;
  return `The game’s scripts are in KiriKiri archives (${kirikiri}), which are not unpacked. Extract the .ks files first.`;
}
