import { expect, test } from 'vitest';
import { englishTables, textsOf } from './catalogues.mjs';
import { messageUses } from './message-uses.mjs';
import { parseSource, parseText, sourceNames } from './syntax-tree.mjs';

const usesIn = (text) => messageUses(parseText('a.tsx', text)).map(({ keys }) => keys.join('.'));

test('a text counts as used where it is read, whatever its table is called there', () => {
  const head = "import { messages } from '../messages.ts';\n";
  expect(
    usesIn(`${head}const t = messages.bench; const A = () => <p title={t.title}>{t.roles['user']}</p>;`),
  ).toEqual(['messages.bench.title', 'messages.bench.roles.user']);
  expect(usesIn(`${head}const { roles: r } = messages.bench; const f = (x) => r[x] ?? r?.user;`)).toEqual([
    'messages.bench.roles',
    'messages.bench.roles.user',
  ]);
  expect(usesIn(`${head}const t = messages.bench; const other = { t: 1 }; other.t;`)).toEqual([]);
  expect(
    usesIn(
      `${head}function A() { const t = messages.a; return t.b; } function B() { const t = messages.c; return t.d; } const C = ({ t }) => t.e;`,
    ),
  ).toEqual(['messages.a.b', 'messages.c.d']);
});

test('every text of the catalogue is used, and every text that is used exists', async () => {
  const tables = Object.entries(await englishTables());
  // `messages` combines the tables of the first script; the other tables are imported by their own names.
  const joined = ['bench', 'call', 'frame', 'key'];
  const known = tables.flatMap(([name, table]) =>
    textsOf(table).map(([key]) => `${joined.includes(name) ? '' : name}Messages.${key}`.replace(/^M/, 'm')),
  );
  const uses = sourceNames((name) => !/^(messages|i18n)\//.test(name) && name !== 'messages.ts').flatMap(
    (name) => messageUses(parseSource(name)).map((use) => ({ ...use, name })),
  );
  const used = new Set();
  const missing = [];
  for (const { keys, name, line } of uses) {
    const path = keys.join('.');
    // A string method may follow a text.
    const under = known.filter(
      (key) => key === path || key.startsWith(`${path}.`) || path.startsWith(`${key}.to`),
    );
    // A whole table is used only if it is passed on as a value.
    if (path.includes('.') && under.length > 0) for (const key of under) used.add(key);
    else missing.push(`${name}:${line} ${path}`);
  }
  expect(known.filter((key) => !used.has(key))).toEqual([]);
  expect(missing).toEqual([]);
  expect(used.size).toBeGreaterThan(900);
});
