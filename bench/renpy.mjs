import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createServer } from 'vite';

// node bench/renpy.mjs [folder]: measures how many units per second are read from a game's scripts and written to the files
// of a new language. Without a folder, it generates a game with 100,000 lines. Seconds are CPU time, so other load on the
// machine does not count; garbage collection does.

const folder = process.argv[2];
const server = await createServer({
  configFile: false,
  server: { middlewareMode: true, hmr: false, ws: false },
  appType: 'custom',
  logLevel: 'error',
});
const { renpy } = await server.ssrLoadModule(join(import.meta.dirname, '../main/formats/renpy/format.ts'));
const sources = folder === undefined ? generatedGame(100_000) : await scriptsOf(folder);
const megabytes = sources.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6;

for (let round = 1; round <= 3; round += 1) {
  const surveyed = await timed(() => renpy.survey(sources));
  const read = await timed(() =>
    sources.map(({ path, bytes }) => [path, renpy.read(bytes, path, surveyed.result).units]),
  );
  const units = read.result.reduce((sum, [, ofFile]) => sum + ofFile.length, 0);
  const targets = new Map(
    read.result
      .filter(([path]) => !path.includes('/tl/'))
      .map(([path, ofFile]) => [path, new Map(ofFile.map(({ key, source }) => [key, `~${source}~`]))]),
  );
  const options = { ...surveyed.result, targetLanguage: 'measured' };
  const files = await timed(async () => {
    let count = 0;
    const targetsOf = (path) => targets.get(path) ?? new Map();
    for await (const part of renpy.translationFiles(sources, targetsOf, options)) count += part.files.length;
    return count;
  });
  console.log(
    `round ${round}: ${units} units, ${megabytes.toFixed(1)} MB; survey ${surveyed.seconds.toFixed(2)} s; ` +
      `read ${read.seconds.toFixed(2)} s, ${Math.round(units / read.seconds)} units per second; ` +
      `survey and read ${Math.round(units / (read.seconds + surveyed.seconds))} units per second; ` +
      `${files.result} files of a language ${files.seconds.toFixed(2)} s`,
  );
}
await server.close();

async function timed(action) {
  const start = process.cpuUsage();
  const result = await action();
  const { user, system } = process.cpuUsage(start);
  return { result, seconds: (user + system) / 1e6 };
}

async function scriptsOf(root) {
  if (!existsSync(root)) throw new Error(`There is no folder ${root}.`);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && /\.rpym?$/u.test(entry.name));
  return Promise.all(
    names.map(async (entry) => {
      const file = join(entry.parentPath, entry.name);
      return { path: relative(root, file), bytes: await readFile(file) };
    }),
  );
}

function generatedGame(lines) {
  const files = [];
  for (let file = 0; file * 1000 < lines; file += 1) {
    const script = [`define c${file} = Character(_("Character ${file}"))`];
    for (let line = 0; line < 1000; line += 1) {
      if (line % 50 === 0)
        script.push('', `label scene_${file}_${line}:`, '', '    show eileen happy at left', '');
      const text = `Line ${line} of file ${file}: {b}what I meant{/b}, [player], is not \\"quite\\" what you said.`;
      if (line % 10 === 0) script.push(`    menu:`, `        "${text}":`, `            jump scene_${file}_0`);
      else script.push(line % 3 === 0 ? `    "${text}"` : `    c${file} happy "${text}" with dissolve`);
    }
    files.push({ path: `game/part${file}.rpy`, bytes: new TextEncoder().encode(`${script.join('\n')}\n`) });
  }
  return files;
}
