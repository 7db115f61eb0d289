import type { FileFault } from './file-fault.ts';
import type { FileWarning } from './file-warning.ts';

/** A range of bytes in the original file, `from` inclusive, `to` exclusive. */
export interface ByteSpan {
  from: number;
  to: number;
}

/** One translatable text of a file. */
export interface Unit {
  /** Identifies the text within its file. Edits elsewhere in the file do not change it. */
  key: string;
  /** The text as a player sees it: the file's escapes are resolved, the game's own codes and tags stay. */
  source: string;
  /** The translation that the file already contains, if the format stores one beside the source. */
  target?: string;
  /** The file marks `target` as uncertain (gettext's `fuzzy`). Writing a translation removes the mark. */
  fuzzy?: boolean;
  /** The speaker's name as a player reads it. */
  speaker?: string;
  /** A label, scene, event or section. Neighbouring units of one scene are translated together. */
  scene?: string;
  /** A comment in the file that is meant for translators. */
  note?: string;
  /** The maximum width of a line in cells, if known. A full-width letter takes two cells. */
  maxCells?: number;
  /** Other keys under which an earlier translation of this text may be stored (Ren'Py: its second identifier). */
  aliases?: readonly string[];
  /** Why `write` cannot change this unit, such as a translation that was restructured by hand. */
  readOnly?: string;
}

/** How a file's bytes become text. Writing preserves the byte order mark and the line endings. */
export interface FileEncoding {
  /** A name that `iconv-lite` knows: `utf8`, `utf16le`, `shift_jis`, `euc-jp`, `gbk`… */
  name: string;
  byteOrderMark: boolean;
}

/** A translation that could not be written. The original text stays. */
export interface WriteProblem {
  key: string;
  /** `unencodable`: the file's encoding lacks a letter. `syntax`: the format cannot store the text. */
  code: 'unencodable' | 'syntax' | 'missing_unit';
  message: string;
  /** The letter that the encoding lacks. */
  letter?: { text: string; encoding: string };
}

/** Facts that reading a Ren'Py script depends on. Any file of the game may define them. */
export interface RenpyGame {
  /** Statements that the game itself registers, by name (`show example`). */
  statements: Readonly<Record<string, { script: boolean; translatable: boolean }>>;
  /** From 8.5.1 on: only say statements are part of an identifier, not voice and nvl commands. */
  sayOnlyIdentifiers: boolean;
  /** `config.old_substitutions`: a percent sign in dialogue is written twice. */
  percentSubstitution: boolean;
  /** By path: identifiers that files loaded earlier already use, so this file numbers its own differently. */
  taken: Readonly<Record<string, readonly string[]>>;
  /** From 8.1 on: only ASCII spaces and line feeds are folded in dialogue. */
  asciiFolding: boolean;
  /** From 8.3 on: names that begin with two underscores are private to their file anywhere in a text, not only after `[`. */
  privateNamesInText: boolean;
}

/** A project's settings. Each format reads only the options that its README line names. */
export interface FormatOptions {
  /** Overrides detection. */
  encoding?: string;
  /** The target language as the game names it (Ren'Py: the folder below `tl`). */
  targetLanguage?: string;
  /** `csv`: the columns of the text, translation, key and speaker, by header or by number from 0. */
  columns?: {
    /** Whether the first row names the columns. Default: true if a column is chosen by name. */
    header?: boolean;
    source: string | number;
    target?: string | number;
    key?: string | number;
    speaker?: string | number;
  };
  /** Speakers' names by the identifier that a script uses (Ren'Py: `e` → `Eileen`). */
  speakers?: Readonly<Record<string, string>>;
  /** `renpy`: the result of `survey`. */
  renpy?: RenpyGame;
  /** `rpgmaker`: also read notes and comments (codes 108 and 408). */
  comments?: boolean;
}

/** The result of `read`. A translation of `units[i]` replaces `spans[i]`. */
export interface ReadFile {
  units: Unit[];
  spans: ByteSpan[];
  encoding: FileEncoding;
  warnings: FileWarning[];
}

/** The result of `write`. `bytes` equals the input if `targets` is empty. */
export interface WrittenFile {
  bytes: Uint8Array;
  problems: WriteProblem[];
}

/** A file to add to the game, such as Ren'Py's `tl/<language>/script.rpy`. Paths use `/`. */
export interface NewFile {
  path: string;
  bytes: Uint8Array;
}

/**
 * A file format as pure functions: no I/O, no clock, no randomness, no changed arguments. `read` and `write` throw
 * `FormatError` for a file that is not of this format, and no other error.
 */
export interface Format {
  readonly name: string;
  /** The name that the interface shows: `Ren'Py script`. */
  readonly label: string;
  /**
   * How likely it is that a file has this format, from 0 to 1.
   * @param path relative to the project, with `/`
   * @param head the first 64 kB
   */
  detect(path: string, head: Uint8Array): number;
  read(bytes: Uint8Array, path: string, options?: FormatOptions): ReadFile;
  /** Replaces the spans of the units whose keys are in `targets`. All other bytes stay. */
  write(
    bytes: Uint8Array,
    path: string,
    targets: ReadonlyMap<string, string>,
    options?: FormatOptions,
  ): WrittenFile;
  /**
   * For formats where reading a file depends on other files: reads all files of the game, and returns the options
   * for `read` and `write`. Never throws; skips files that it cannot read.
   */
  survey?(sources: readonly { path: string; bytes: Uint8Array }[]): Partial<FormatOptions>;
  /**
   * For formats that store translations in separate files: yields each file as soon as it is complete, so a game's
   * texts and translations are never all in memory. Other formats export with `write`.
   * @param targetsOf the translations of one source by key; may be called several times for a source
   */
  translationFiles?(
    sources: readonly { path: string; bytes: Uint8Array }[],
    targetsOf: (path: string) => ReadonlyMap<string, string> | Promise<ReadonlyMap<string, string>>,
    options: FormatOptions,
  ): AsyncIterable<TranslationPart>;
}

/** Some of the files that `translationFiles` yields, with the problems found since the last part. */
export interface TranslationPart {
  files: NewFile[];
  problems: (WriteProblem & { path: string })[];
}

/** The file does not have the expected format. The message says where and what to do. */
export class FormatError extends Error {
  readonly fault: FileFault;
  /** 1-based; null if no line is at fault. */
  readonly line: number | null;

  constructor(fault: FileFault, options?: ErrorOptions) {
    super(fault.message, options);
    this.name = 'FormatError';
    this.fault = fault;
    this.line = 'line' in fault.values ? fault.values.line : null;
  }
}
