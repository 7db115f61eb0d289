import { sourceLoader } from './support/load-source.mjs';

// node --expose-gc bench/formats.mjs [units] [format…]: measures how fast each file format reads and writes a file with
// this many units, and the additional memory as a multiple of the file's size.

const count = Number(process.argv[2] ?? 100_000);
const only = process.argv.slice(3);
const { load, close } = await sourceLoader();
const { formatNamed } = await load('../formats/index.ts');

const text = (n) => `${n}番目の台詞。「明日、駅で会いましょう」と彼女は言った。`;
const lines = (line, head = '', end = '') =>
  head + Array.from({ length: count }, (_, n) => line(n)).join('\n') + end;
const command = (n) =>
  `{"code":101,"indent":0,"parameters":["",0,0,2,"花子"]},{"code":401,"indent":0,"parameters":["${text(n)}"]},`;
const files = {
  'json-map': ['a.json', lines((n) => `"${text(n)}": "",`, '{\n', '\n"x": ""\n}')],
  'json-list': [
    'a.json',
    lines((n) => `{"name": "花子", "message": "${text(n)}"},`, '[\n', '\n{"message": "x"}\n]'),
  ],
  rpgmaker: [
    'Map001.json',
    lines(
      command,
      '{"displayName":"","events":[null,{"id":1,"pages":[{"list":[\n',
      '\n{"code":0,"parameters":[]}]}]}]}',
    ),
  ],
  kag: ['a.ks', lines((n) => `${n % 50 === 0 ? `*s${n}\n` : ''}#花子\n${text(n)}[p]`)],
  po: [
    'a.po',
    lines(
      (n) => `#: game/script.rpy:${n}\nmsgid "${text(n)}"\nmsgstr ""\n`,
      'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n',
    ),
  ],
  xunity: ['a.txt', lines((n) => `${text(n)}=`)],
  csv: ['a.csv', lines((n) => `${n},花子,"${text(n)}",`, 'id,name,source,target\n')],
  subtitles: [
    'a.srt',
    lines((n) => {
      const time = new Date(n * 1000).toISOString().slice(11, 19);
      return `${n}\n${time},000 --> ${time},900\n${text(n)}\n`;
    }),
  ],
  text: ['a.txt', lines(text)],
};

const mb = (bytes) => Math.round(bytes / 1e5) / 10;
const rss = () => process.memoryUsage().rss;

/** Runs a function; returns its result, seconds, and the additional memory after it. */
function measure(run) {
  globalThis.gc?.();
  const before = rss();
  const started = performance.now();
  const result = run();
  return { result, seconds: (performance.now() - started) / 1000, grown: rss() - before };
}

const table = [];
for (const [name, [path, content]] of Object.entries(files)) {
  if (only.length > 0 && !only.includes(name)) continue;
  const format = formatNamed(name);
  const bytes = new TextEncoder().encode(content);
  const reading = measure(() => format.read(bytes, path));
  const { units } = reading.result;
  const targets = new Map(
    units.map(({ key }, n) => [key, `Line ${n}, “Let us meet at the station tomorrow,” she said.`]),
  );
  const writing = measure(() => format.write(bytes, path, targets));
  if (writing.result.problems.length > 0) throw new Error(`${name}: ${writing.result.problems[0].message}`);
  table.push({
    format: name,
    'file MB': mb(bytes.length),
    units: units.length,
    'read units/s': Math.round(units.length / reading.seconds),
    'write units/s': Math.round(units.length / writing.seconds),
    'read memory': `${(reading.grown / bytes.length).toFixed(1)} x`,
    'write memory': `${(writing.grown / bytes.length).toFixed(1)} x`,
    'peak MB': mb(process.resourceUsage().maxRSS * 1024),
  });
}
console.table(table);
await close();
