/** A range of bytes in the original file, `from` inclusive, `to` exclusive. */
export interface ByteSpan {
  from: number;
  to: number;
}

/** One translatable text of a file. */
export interface Unit {
  /** Names the text within its file, the same before and after edits elsewhere in that file. */
  key: string;
  /** The text as a player sees it: escapes of the file's syntax resolved, the game's own codes and tags kept. */
  source: string;
  /** The translation that the file holds already, where the format has a place for one. */
  target?: string;
  /** The file marks `target` as a guess (gettext's `fuzzy`). Writing a translation takes the mark away. */
  fuzzy?: boolean;
  /** Who says it, as a player reads the name. */
  speaker?: string;
  /** A label, scene, event or section: neighbouring units of one scene are translated together. */
  scene?: string;
  /** A comment in the file that is meant for translators. */
  note?: string;
  /** Longest line in cells (full-width letters take two), where the format knows it. */
  maxCells?: number;
  /** Other keys under which an earlier translation of this text may be stored (Ren'Py: its second identifier). */
  aliases?: readonly string[];
  /** Why `write` leaves this unit alone: a translation that was restructured by hand. Absent where it can be written. */
  readOnly?: string;
}

/** How a file's bytes become text. The mark and the line endings of the original are kept on writing. */
export interface FileEncoding {
  /** A name that `iconv-lite` knows: `utf8`, `utf16le`, `shift_jis`, `euc-jp`, `gbk`… */
  name: string;
  byteOrderMark: boolean;
}

/** A unit that could not be written, or was written in a way that the user should look at. */
export interface WriteProblem {
  key: string;
  /** `unencodable`: a letter that the file's encoding lacks; `syntax`: a text the format cannot hold. */
  code: 'unencodable' | 'syntax' | 'missing_unit';
  message: string;
}

/** What a Ren'Py script means depends on these facts, which may stand in any file of the game. */
export interface RenpyGame {
  /** Statements that the game itself registers, by name (`show example`). */
  statements: Readonly<Record<string, { script: boolean; translatable: boolean }>>;
  /** From 8.5.1 on: identifiers are made from say statements alone, without voice and nvl commands. */
  sayOnlyIdentifiers: boolean;
  /** `config.old_substitutions`: a percent sign in dialogue is written twice. */
  percentSubstitution: boolean;
  /** Identifiers that a file would give to its lines but that files loaded before it have given, by path. */
  taken: Readonly<Record<string, readonly string[]>>;
  /** From 8.1 on: only ASCII spaces and line feeds are folded in dialogue. */
  asciiFolding: boolean;
  /** From 8.3 on: a name that begins with two underscores is private to its file anywhere in a text, not only after `[`. */
  privateNamesInText: boolean;
}

/** What the user chose for a project; a format reads only what it names in its own README line. */
export interface FormatOptions {
  /** Overrules detection. */
  encoding?: string;
  /** The language the game is translated into, as the game spells it (Ren'Py: the folder below `tl`). */
  targetLanguage?: string;
  /** `csv`: the column that holds the text, the translation, the key and the speaker; by header or number from 0. */
  columns?: {
    /** The first row names the columns. Without it: true where a column is chosen by name. */
    header?: boolean;
    source: string | number;
    target?: string | number;
    key?: string | number;
    speaker?: string | number;
  };
  /** Names by the identifier that a script uses for them (Ren'Py: `e` → `Eileen`). */
  speakers?: Readonly<Record<string, string>>;
  /** `renpy`: what `survey` found. */
  renpy?: RenpyGame;
  /** `rpgmaker`: notes and comments (codes 108 and 408) as well. */
  comments?: boolean;
}

/** What `read` found. `spans[i]` is where a translation of `units[i]` goes. */
export interface ReadFile {
  units: Unit[];
  spans: ByteSpan[];
  encoding: FileEncoding;
  warnings: string[];
}

/** The file with its translations. `bytes` equals the input where `targets` is empty. */
export interface WrittenFile {
  bytes: Uint8Array;
  problems: WriteProblem[];
}

/** A file that stands beside the game's own: Ren'Py's `tl/<language>/script.rpy`. Paths use `/`. */
export interface NewFile {
  path: string;
  bytes: Uint8Array;
}

/**
 * A file format as pure functions: no I/O, no clock, no randomness, and no argument is changed. `read` and `write`
 * throw `FormatError` for a file that is not of this format; nothing else is thrown.
 */
export interface Format {
  readonly name: string;
  /** For people: `Ren'Py script`. */
  readonly label: string;
  /**
   * How sure the format is that a file is its own, from 0 (no) to 1.
   * @param path relative to the project, with `/`
   * @param head the first 64 kB
   */
  detect(path: string, head: Uint8Array): number;
  read(bytes: Uint8Array, path: string, options?: FormatOptions): ReadFile;
  /** Replaces the spans of the units that `targets` names, by key, and nothing else. */
  write(
    bytes: Uint8Array,
    path: string,
    targets: ReadonlyMap<string, string>,
    options?: FormatOptions,
  ): WrittenFile;
  /**
   * For formats where one file's meaning depends on others: reads all files of the game once, and returns the options
   * to give to `read` and `write` for each of them. Never throws: a file that cannot be read is left out.
   */
  survey?(sources: readonly { path: string; bytes: Uint8Array }[]): Partial<FormatOptions>;
  /**
   * For formats whose translations live in files of their own: the files that hold the targets, made from the game's
   * sources, one after the other as they are done: neither texts nor targets of a whole game are held. Absent where
   * `write` is the way to export.
   * @param targetsOf the targets of one source by key; asked for more than once
   */
  translationFiles?(
    sources: readonly { path: string; bytes: Uint8Array }[],
    targetsOf: (path: string) => ReadonlyMap<string, string> | Promise<ReadonlyMap<string, string>>,
    options: FormatOptions,
  ): AsyncIterable<TranslationPart>;
}

/** A part of the files of a format whose translations live in files of their own. */
export interface TranslationPart {
  files: NewFile[];
  problems: (WriteProblem & { path: string })[];
}

/** A file that is not what its format expects: says where and what to do. */
export class FormatError extends Error {
  /** 1-based; null where the fault has no line. */
  readonly line: number | null;

  constructor(message: string, line: number | null = null, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FormatError';
    this.line = line;
  }
}
