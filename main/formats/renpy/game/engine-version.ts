import type { RenpyGame } from '../../define.ts';

type Source = { path: string; bytes: Uint8Array };

/**
 * Files that name the engine's version, the most reliable first. Ren'Py 7 and 8 are the same releases for Python 2 and 3
 * (7.5 is 8.0, 7.6 is 8.1 and so on), so it does not matter which of the two a file names first.
 */
const PLACES: readonly (readonly [path: RegExp, version: RegExp])[] = [
  [/(?:^|\/)renpy\/vc_version\.py$/u, /\bversion\s*=\s*u?['"](\d+)\.(\d+)\.(\d+)/u],
  [/(?:^|\/)renpy\/__init__\.py$/u, /\bversion_tuple\s*=\s*\((\d+), (\d+), (\d+)/u],
  [/(?:^|\/)game\/script_version\.txt$/u, /^\s*\((\d+), (\d+), (\d+)/u],
  [/(?:^|\/)log\.txt$/u, /^Ren'Py (\d+)\.(\d+)\.(\d+)/mu],
];

type VersionFacts = Pick<RenpyGame, 'asciiFolding' | 'privateNamesInText' | 'sayOnlyIdentifiers'>;

/** The rules that depend on the engine's version, from the engine's history; null if no file names the version. */
export function versionFacts(sources: readonly Source[]): VersionFacts | null {
  for (const [file, pattern] of PLACES) {
    // Filters by path first, because accessing `bytes` reads the file.
    for (const source of sources.filter(({ path }) => file.test(path))) {
      const match = pattern.exec(new TextDecoder().decode(source.bytes.subarray(0, 65_536)));
      if (match === null) continue;
      const [major, minor, patch] = match.slice(1).map(Number) as [number, number, number];
      const release = (major === 7 ? minor - 5 : major < 7 ? -1 : minor + (major - 8) * 100) * 100 + patch;
      return {
        asciiFolding: release >= 100,
        privateNamesInText: release >= 300,
        // 8.5.1 added config.tlid_only_considers_say. Since then, the engine ignores other statements whatever its value is.
        sayOnlyIdentifiers: release >= 501,
      };
    }
  }
  return null;
}
