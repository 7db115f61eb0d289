/** Where a file belongs in a game, by its path. */
export type ScriptLocation =
  | { kind: 'source'; root: string; path: string }
  /** The engine's own scripts, below `renpy/common`. */
  | { kind: 'common'; root: string; path: string }
  | { kind: 'translation'; root: string; path: string; language: string };

/**
 * Splits a path. `root` is the part before Ren'Py's own path of the file: `MyGame-1.0/game/` in
 * `MyGame-1.0/game/script.rpy`. A path without a folder `game` is treated as if it were below `game`.
 */
export function locateScript(path: string): ScriptLocation {
  const common = /^(.*?(?:^|\/)renpy\/common\/)(.+)$/u.exec(path);
  if (common !== null) return { kind: 'common', root: common[1]!, path: common[2]! };
  const [, root, below] = /^((?:.*?\/)?game\/|)(.+)$/u.exec(path) ?? ['', '', path];
  const translation = /^(?:.*\/)?tl\/([^/]+)\/(.+)$/u.exec(below!);
  if (translation === null) return { kind: 'source', root: root!, path: below! };
  const before = below!.slice(0, below!.length - translation[1]!.length - translation[2]!.length - 4);
  return { kind: 'translation', root: root! + before, path: translation[2]!, language: translation[1]! };
}

/** The path that Ren'Py writes into its comments: `game/script.rpy`, `renpy/common/00start.rpy`. */
export function elidedPath(location: ScriptLocation): string {
  if (location.kind === 'common') return `renpy/common/${location.path}`;
  return location.kind === 'source'
    ? `game/${location.path}`
    : `game/tl/${location.language}/${location.path}`;
}

/** The file below `tl/<language>/` for the translations of a source. */
export function translationName(location: ScriptLocation, language: string): string {
  if (location.kind === 'common') return language === 'None' ? 'common.rpym' : 'common.rpy';
  return location.path.replace(/m$/u, '');
}

const SOURCE_PRIORITIES: readonly [string, number][] = [
  ['script.rpy', 5],
  ['options.rpy', 10],
  ['gui.rpy', 20],
  ['screens.rpy', 30],
  ['', 100],
];

const COMMON_PRIORITIES: readonly [string, number][] = [
  ['_compat/', 420],
  ['_layout/', 410],
  ['00layout.rpy', 400],
  ['00console.rpy', 320],
  ['_developer/', 310],
  ['_errorhandling.rpym', 220],
  ['00gamepad.rpy', 210],
  ['00gltest.rpy', 200],
  ['00gallery.rpy', 180],
  ['00compat.rpy', 180],
  ['00updater.rpy', 170],
  ['00iap.rpy', 150],
  ['', 50],
];

/** The engine's texts with a higher priority number are for developers. They are not translated with a game. */
export const MAX_PRIORITY = 299;

/** A text that occurs in several files belongs to the file with the lowest number, then by name, then by line. */
export function stringPriority(location: ScriptLocation): number {
  const table = location.kind === 'common' ? COMMON_PRIORITIES : SOURCE_PRIORITIES;
  return table.find(([prefix]) => location.path.startsWith(prefix))![1];
}

/** The engine loads files in the order of their names without extension, and numbers repeated lines in that order. */
export function compareLoadOrder(a: ScriptLocation, b: ScriptLocation): number {
  const [first, second] = [a, b].map(({ path }) => path.replace(/\.rpym?$/u, ''));
  return first! < second! ? -1 : first! > second! ? 1 : 0;
}
