import fc from 'fast-check';
import { rpgmaker } from '../../rpgmaker/format.ts';
import type { FormatCase } from '../format-case.ts';

const command = (code: number, ...parameters: unknown[]) => ({ code, indent: 0, parameters });

/** RPG Maker writes each event of a map on one line. */
const events = [
  null,
  {
    id: 1,
    name: 'EV001',
    note: '<memo>',
    pages: [
      {
        conditions: {},
        list: [
          command(101, 'Actor1', 0, 0, 2, '花子'),
          command(401, '\\C[2]おはよう\\C[0]。'),
          command(401, '\\N[1]、元気？'),
          command(102, ['はい', 'いいえ'], 1, 0, 2, 0),
          command(402, 0, 'はい'),
          command(108, '<plugin tag>'),
          command(408, 'more'),
          command(205, -1, {
            list: [{ code: 44, parameters: [{ name: 'Open1' }] }, { code: 0 }],
            repeat: false,
          }),
          command(320, 1, '新しい名前'),
          command(356, 'PluginCommand text'),
          command(105, 2, false),
          command(405, '流れる文'),
          command(101, '', 0, 0, 2),
          command(401, "It\\'s \\V[3] o'clock\\!"),
          command(0),
        ],
      },
    ],
    x: 1,
  },
];

export const mapCase: FormatCase = {
  name: 'rpgmaker (map)',
  format: rpgmaker,
  path: 'www/data/Map001.json',
  text: `{\n"autoplayBgm":false,"displayName":"学校","tilesetId":1,"data":[1,2,-3.5e2],\n"events":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]\n}`,
  units: [
    { key: '/displayName', source: '学校' },
    { key: '/events/1/pages/0/list/0/parameters/4', source: '花子', scene: 'Event 1, page 1' },
    {
      key: '/events/1/pages/0/list/0',
      source: '\\C[2]おはよう\\C[0]。\n\\N[1]、元気？',
      scene: 'Event 1, page 1',
      speaker: '花子',
      maxCells: 47,
    },
    { key: '/events/1/pages/0/list/1/parameters/0/0', source: 'はい', scene: 'Event 1, page 1' },
    { key: '/events/1/pages/0/list/1/parameters/0/1', source: 'いいえ', scene: 'Event 1, page 1' },
    { key: '/events/1/pages/0/list/6/parameters/1', source: '新しい名前', scene: 'Event 1, page 1' },
    { key: '/events/1/pages/0/list/8', source: '流れる文', scene: 'Event 1, page 1', maxCells: 55 },
    {
      key: '/events/1/pages/0/list/9',
      source: "It\\'s \\V[3] o'clock\\!",
      scene: 'Event 1, page 1',
      maxCells: 55,
    },
  ],
  encodings: ['shift_jis', 'euc-jp'],
  insertion: {
    before: ']\n}',
    lines: `,${JSON.stringify({ id: 2, pages: [{ list: [command(101), command(401, '挿入')] }] })}\n`,
  },
  broken: [
    { text: '{\n"events":[\nnull,\n{"id":1,\n', line: 5 },
    { text: '[]', line: 1 },
    { text: '{"events":{}}x', line: 1 },
    { text: `{"data":${'['.repeat(100_000)}`, line: 1 },
  ],
  files: fc
    .array(
      fc.oneof(
        fc.constantFrom(
          command(101, '', 0, 0, 2),
          command(101, 'F', 0, 0, 2, '名'),
          command(102, ['a', null, 3]),
          command(105, 2),
          command(108, 'c'),
          command(0),
          null,
          { parameters: ['x'], code: 401 },
          { code: '401', parameters: 'x' },
          { code: 401, parameters: [] },
        ),
        fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => command(401, text)),
        fc.string({ maxLength: 6 }).map((text) => command(405, text)),
      ),
      { maxLength: 12 },
    )
    .chain((list) =>
      fc.constantFrom(
        JSON.stringify({ displayName: '名', events: [null, { pages: [{ list }] }] }),
        JSON.stringify({ displayName: '', events: [{ pages: [{ list }, null] }, 3] }, null, 1),
      ),
    ),
};

export const databaseCase: FormatCase = {
  name: 'rpgmaker (database)',
  format: rpgmaker,
  path: 'data/Actors.json',
  options: { comments: true },
  text: `[\nnull,\n{"id":1,"battlerName":"Actor1_1","name":"勇者","nickname":"","note":"<tag:1>","profile":"村の出\\nの若者。"},\n{"id":2,"name":"","profile":"x"}\n]`,
  units: [
    { key: '/1/name', source: '勇者', scene: 'Actors' },
    { key: '/1/note', source: '<tag:1>', scene: 'Actors' },
    { key: '/1/profile', source: '村の出\nの若者。', scene: 'Actors' },
    { key: '/2/profile', source: 'x', scene: 'Actors' },
  ],
  encodings: ['shift_jis'],
  insertion: { before: '\n]', lines: ',\n{"id":3,"name":"挿入"}' },
  broken: [{ text: '{"name":"x"}', line: 1 }],
  files: fc
    .array(
      fc.option(
        fc.record({ id: fc.nat(), name: fc.string(), nickname: fc.string(), profile: fc.jsonValue() }),
      ),
    )
    .map((list) => JSON.stringify(list)),
};

export const systemCase: FormatCase = {
  name: 'rpgmaker (system)',
  format: rpgmaker,
  path: 'data/System.json',
  text: `{"gameTitle":"題","currencyUnit":"Ｇ","elements":["","物理"],"switches":["","開いた"],"terms":{"basic":["レベル",null],"messages":{"victory":"%1の勝利！"}},"title1Name":"Castle"}`,
  units: [
    { key: '/gameTitle', source: '題', scene: 'System' },
    { key: '/currencyUnit', source: 'Ｇ', scene: 'System' },
    { key: '/elements/1', source: '物理', scene: 'System' },
    { key: '/terms/basic/0', source: 'レベル', scene: 'System' },
    { key: '/terms/messages/victory', source: '%1の勝利！', scene: 'System' },
  ],
  encodings: ['shift_jis', 'euc-jp'],
  insertion: { before: '"title1Name"', lines: '"weaponTypes":["剣"],' },
  broken: [{ text: '{"terms":{"basic":["a"}', line: 1 }],
  files: fc
    .record({ gameTitle: fc.string(), terms: fc.jsonValue(), elements: fc.jsonValue() })
    .map((value) => JSON.stringify(value)),
};
