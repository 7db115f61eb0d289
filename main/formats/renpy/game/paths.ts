/** Where a file stands in a game, read from its path alone. */
export type ScriptPlace =
  | { kind: 'source'; root: string; path: string }
  /** The engine's own scripts, below `renpy/common`. */
  | { kind: 'common'; root: string; path: string }
  | { kind: 'translation'; root: string; path: string; language: string };

/**
 * `root` is what stands before the path that Ren'Py itself names: `MyGame-1.0/game/` of `MyGame-1.0/game/script.rpy`.
 * A path without a folder `game` counts as below it.
 */
export function scriptPlace(path: string): ScriptPlace {
  const common = /^(.*?(?:^|\/)renpy\/common\/)(.+)$/u.exec(path);
  if (common !== null) return { kind: 'common', root: common[1]!, path: common[2]! };
  const [, root, below] = /^((?:.*?\/)?game\/|)(.+)$/u.exec(path) ?? ['', '', path];
  const translation = /^(?:.*\/)?tl\/([^/]+)\/(.+)$/u.exec(below!);
  if (translation === null) return { kind: 'source', root: root!, path: below! };
  const before = below!.slice(0, below!.length - translation[1]!.length - translation[2]!.length - 4);
  return { kind: 'translation', root: root! + before, path: translation[2]!, language: translation[1]! };
}

/** The name that Ren'Py writes into its comments: `game/script.rpy`, `renpy/common/00start.rpy`. */
export function elidedPath(place: ScriptPlace): string {
  if (place.kind === 'common') return `renpy/common/${place.path}`;
  return place.kind === 'source' ? `game/${place.path}` : `game/tl/${place.language}/${place.path}`;
}

/** The file below `tl/<language>/` that holds the translations of a source. */
export function translationName(place: ScriptPlace, language: string): string {
  if (place.kind === 'common') return language === 'None' ? 'common.rpym' : 'common.rpy';
  return place.path.replace(/m$/u, '');
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

/** The engine's own texts above this are for developers, and are not translated with a game. */
export const MAX_PRIORITY = 299;

/** Which file a text that stands in several belongs to: the least wins, then the name, then the line. */
export function stringPriority(place: ScriptPlace): number {
  const table = place.kind === 'common' ? COMMON_PRIORITIES : SOURCE_PRIORITIES;
  return table.find(([prefix]) => place.path.startsWith(prefix))![1];
}

/** The engine loads files by their names without the ending, and numbers repeated lines in that order. */
export function compareLoadOrder(a: ScriptPlace, b: ScriptPlace): number {
  const [first, second] = [a, b].map(({ path }) => path.replace(/\.rpym?$/u, ''));
  return first! < second! ? -1 : first! > second! ? 1 : 0;
}
