import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The folder of Debian's packages `renpy`, `renpy-demo` and `renpy-thequestion`. */
const PACKAGES = '/usr/share/games/renpy';
const COMMON = `${PACKAGES}/renpy/common`;

export const games = ['the_question', 'demo'];

/** Under wine, a Windows Node finds Debian's script `renpy` but cannot start it. */
const commandName = process.platform === 'win32' ? 'renpy.exe' : 'renpy';

const renpyCommand = [...(process.env.PATH ?? '').split(delimiter), '/usr/games']
  .map((folder) => join(folder, commandName))
  .find((file) => existsSync(file));

/** Why tests with the engine are skipped; null if the engine and its games are installed. */
export const engineMissing =
  renpyCommand === undefined
    ? "Ren'Py is not installed (Debian: apt install renpy renpy-demo renpy-thequestion)"
    : games.every((game) => existsSync(join(PACKAGES, game, 'game'))) && existsSync(COMMON)
      ? null
      : "Ren'Py's own games are not installed (Debian: apt install renpy-demo renpy-thequestion)";

export interface SourceFile {
  path: string;
  bytes: Uint8Array;
}

/** A copy of a game in a temporary folder, with a home folder for the engine. */
export class GameCopy {
  private constructor(
    private readonly folder: string,
    readonly game: string,
  ) {}

  /** @param game one of `games`; null for an empty game */
  static async make(game: string | null): Promise<GameCopy> {
    const folder = await mkdtemp(join(tmpdir(), 'renpy-format-'));
    const copy = join(folder, 'copy');
    if (game !== null) await cp(join(PACKAGES, game), copy, { recursive: true });
    else await mkdir(join(copy, 'game'), { recursive: true });
    await mkdir(join(folder, 'home'));
    return new GameCopy(folder, copy);
  }

  /** Runs the engine without a screen. `code` is its exit code. */
  async renpy(...args: string[]): Promise<{ code: number; output: string }> {
    const env = {
      ...process.env,
      HOME: join(this.folder, 'home'),
      PYTHONPATH: join(import.meta.dirname, 'python'),
      PYTHONDONTWRITEBYTECODE: '1',
      SDL_VIDEODRIVER: 'dummy',
      SDL_AUDIODRIVER: 'dummy',
    };
    try {
      const { stdout, stderr } = await run(renpyCommand!, [this.game, ...args], { env, cwd: this.folder });
      return { code: 0, output: stdout + stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, output: `${stdout}${stderr}` };
    }
  }

  /** The scripts of the game, with paths relative to its folder. */
  scripts(below = '.'): Promise<SourceFile[]> {
    return scriptsIn(join(this.game, below), this.game);
  }

  async write(path: string, bytes: Uint8Array | string): Promise<void> {
    const file = join(this.game, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.game, path), 'utf8');
  }

  /** What `renpy <game> dialogue <language>` exports: identifier (empty for strings), speaker and text of each line. */
  async dialogue(language: string): Promise<{ identifier: string; who: string; what: string }[]> {
    const { code, output } = await this.renpy('dialogue', language, '--strings');
    if (code !== 0) throw new Error(output);
    const lines = (await this.read('dialogue.tab')).split('\n').slice(1, -1);
    return lines.map((line) => {
      const [identifier = '', who = '', what = ''] = line.split('\t');
      return { identifier, who, what: what.replace(/\\(.)/gu, unescape) };
    });
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** The engine's own scripts, with paths as in a game (`renpy/common/…`). */
export function commonScripts(): Promise<SourceFile[]> {
  return scriptsIn(COMMON, PACKAGES);
}

/**
 * The game of hard cases in `tricky`.
 * @param windows with byte order marks and Windows line endings
 */
export async function trickyScripts(windows: boolean): Promise<SourceFile[]> {
  const root = join(import.meta.dirname, 'tricky');
  const files = await scriptsIn(root, root);
  return files.map(({ path, bytes }) => {
    // In the engine, a backslash continues a line only directly before a line feed, so these lines are joined here.
    const text = new TextDecoder().decode(bytes).replaceAll('\\\n', '').replaceAll('\n', '\r\n');
    return { path: `game/${path}`, bytes: windows ? new TextEncoder().encode(`\ufeff${text}`) : bytes };
  });
}

/** All scripts of the packages, including translations. */
export function packagedScripts(): Promise<SourceFile[]> {
  return scriptsIn(PACKAGES, PACKAGES);
}

async function scriptsIn(folder: string, root: string): Promise<SourceFile[]> {
  const entries = existsSync(folder) ? await readdir(folder, { recursive: true, withFileTypes: true }) : [];
  const files = entries
    .filter((entry) => entry.isFile() && /\.rpym?$/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Promise.all(
    files.map(async (file) => ({
      path: relative(root, file).split(sep).join('/'),
      bytes: await readFile(file),
    })),
  );
}

function unescape(_whole: string, char: string): string {
  return { n: '\n', t: '\t' }[char] ?? char;
}
