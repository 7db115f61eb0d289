import type { RenpyGame } from '../../define.ts';

type Source = { path: string; bytes: Uint8Array };

/**
 * Where a game names the version of its engine, the surest first. Ren'Py 7 and 8 are one release for Python 2 and 3:
 * 7.5 is 8.0, 7.6 is 8.1 and so on, so that it does not matter which of the two a file names first.
 */
const PLACES: readonly (readonly [path: RegExp, version: RegExp])[] = [
  [/(?:^|\/)renpy\/vc_version\.py$/u, /\bversion\s*=\s*u?['"](\d+)\.(\d+)\.(\d+)/u],
  [/(?:^|\/)renpy\/__init__\.py$/u, /\bversion_tuple\s*=\s*\((\d+), (\d+), (\d+)/u],
  [/(?:^|\/)game\/script_version\.txt$/u, /^\s*\((\d+), (\d+), (\d+)/u],
  [/(?:^|\/)log\.txt$/u, /^Ren'Py (\d+)\.(\d+)\.(\d+)/mu],
];

type VersionFacts = Pick<RenpyGame, 'asciiFolding' | 'privateNamesInText' | 'sayOnlyIdentifiers'>;

/** What follows from the engine's version, by the engine's history; null where no file names it. */
export function versionFacts(sources: readonly Source[]): VersionFacts | null {
  for (const [file, pattern] of PLACES) {
    // Only what may name it is read: a game's sources are files that are read when they are asked for.
    for (const source of sources.filter(({ path }) => file.test(path))) {
      const match = pattern.exec(new TextDecoder().decode(source.bytes.subarray(0, 65_536)));
      if (match === null) continue;
      const [major, minor, patch] = match.slice(1).map(Number) as [number, number, number];
      const release = (major === 7 ? minor - 5 : major < 7 ? -1 : minor + (major - 8) * 100) * 100 + patch;
      return {
        asciiFolding: release >= 100,
        privateNamesInText: release >= 300,
        // 8.5.1 added config.tlid_only_considers_say, and has since left out other statements whatever it says.
        sayOnlyIdentifiers: release >= 501,
      };
    }
  }
  return null;
}
