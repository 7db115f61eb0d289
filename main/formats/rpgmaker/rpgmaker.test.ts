import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../define.ts';
import { rpgmaker } from './format.ts';
import { lineCells, wrapLine } from './wrap.ts';

const utf8 = new TextEncoder();
const plain = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const command = (code: number, ...parameters: unknown[]) => ({ code, indent: 1, parameters });

function map(list: unknown[], space?: number): Uint8Array {
  return utf8.encode(
    JSON.stringify({ displayName: '', events: [null, { id: 1, pages: [{ list }] }] }, null, space),
  );
}

function write(
  bytes: Uint8Array,
  target: string,
  key = '/events/1/pages/0/list/0',
): { code: number; parameters: string[] }[] {
  const written = rpgmaker.write(bytes, 'data/Map001.json', new Map([[key, target]]), { comments: true });
  expect(written.problems).toEqual([]);
  return JSON.parse(plain(written.bytes)).events[1].pages[0].list;
}

const message = [command(101, '', 0, 0, 2), command(401, '一行目'), command(401, '二行目'), command(0)];

describe('a message', () => {
  it('keeps the line breaks of its translation, with one command for each line', () => {
    expect(write(map(message), 'a\nb').slice(1, 3)).toEqual([command(401, 'a'), command(401, 'b')]);
    expect(write(map(message), 'a\nb\nc').slice(1)).toEqual(
      [...'abc'].map((text) => command(401, text)).concat([command(0)]),
    );
    expect(write(map(message), 'a').slice(1)).toEqual([command(401, 'a'), command(0)]);
  });

  it('is wrapped to the width of the window, which is smaller beside a face', () => {
    const long = Array.from({ length: 20 }, () => 'word').join(' ');
    const texts = (face: string) =>
      write(map([command(101, face, 0, 0, 2), command(401, 'x'), command(0)]), long)
        .filter(({ code }) => code === 401)
        .map(({ parameters }) => parameters[0] ?? '');
    expect(texts('').map((text) => text.length)).toEqual([54, 44]);
    expect(texts('Actor1').map((text) => text.length)).toEqual([39, 39, 19]);
    expect(texts('').join(' ')).toBe(long);
  });

  it('may be as wide as the longest line of the original', () => {
    const wide = 'x'.repeat(70);
    const bytes = map([command(101, '', 0, 0, 2), command(401, wide), command(0)]);
    expect(write(bytes, 'y '.repeat(35).trim()).length).toBe(3);
  });

  it('is written in the file’s own layout', () => {
    for (const space of [undefined, 1, 4]) {
      const bytes = map(message, space);
      const key = '/events/1/pages/0/list/0';
      const written = rpgmaker.write(bytes, 'Map001.json', new Map([[key, 'a\nb\nc']]));
      const expected = map([message[0], ...[...'abc'].map((text) => command(401, text)), command(0)], space);
      expect(plain(written.bytes)).toBe(plain(expected));
      const alone = map([message[0], message[1], command(0)], space);
      const grown = rpgmaker.write(alone, 'Map001.json', new Map([[key, 'a\nb']]));
      expect(plain(grown.bytes)).toBe(
        plain(map([message[0], command(401, 'a'), command(401, 'b'), command(0)], space)),
      );
    }
  });

  it('escapes characters if the whole file does', () => {
    const bytes = utf8.encode(String.raw`[null,{"id":1,"name":"\u52c7\u8005"}]`);
    const written = rpgmaker.write(bytes, 'Actors.json', new Map([['/1/name', 'é😀']]));
    expect(plain(written.bytes)).toBe(String.raw`[null,{"id":1,"name":"\u00e9\ud83d\ude00"}]`);
  });
});

describe('a comment', () => {
  const bytes = map([command(108, 'first'), command(408, 'second'), command(0)]);

  it('is a unit on request', () => {
    expect(rpgmaker.read(bytes, 'Map001.json').units).toEqual([]);
    const { units } = rpgmaker.read(bytes, 'Map001.json', { comments: true });
    expect(units).toEqual([
      { key: '/events/1/pages/0/list/0', source: 'first\nsecond', scene: 'Event 1, page 1' },
    ]);
  });

  it('continues with code 408', () => {
    const one = map([command(108, 'only'), command(0)]);
    expect(write(one, 'a\nb\nc')).toEqual([
      command(108, 'a'),
      command(408, 'b'),
      command(408, 'c'),
      command(0),
    ]);
    expect(write(bytes, 'a')).toEqual([command(108, 'a'), command(0)]);
  });
});

describe('the name of a speaker', () => {
  it('is a separate unit, and the speaker of the message’s unit', () => {
    const { units } = rpgmaker.read(
      map([command(101, '', 0, 0, 2, '花子'), command(401, 'はい')]),
      'Map001.json',
    );
    expect(units).toEqual([
      { key: '/events/1/pages/0/list/0/parameters/4', source: '花子', scene: 'Event 1, page 1' },
      {
        key: '/events/1/pages/0/list/0',
        source: 'はい',
        speaker: '花子',
        scene: 'Event 1, page 1',
        maxCells: 60,
      },
    ]);
  });
});

it('commands with members in another order are read', () => {
  const list = [
    { parameters: ['', 0, 0, 2], indent: 0, code: 101 },
    { parameters: ['はい'], code: 401, indent: 0 },
  ];
  expect(rpgmaker.read(map(list), 'Map001.json').units.map(({ source }) => source)).toEqual(['はい']);
  expect(write(map(list), 'a\nb').slice(1)).toEqual(
    ['a', 'b'].map((text) => ({ parameters: [text], code: 401, indent: 0 })),
  );
});

it('troops and common events are read', () => {
  const list = [command(101, '', 0, 0, 2), command(401, 'はい')];
  const common = utf8.encode(JSON.stringify([null, { id: 1, name: 'editor', list }]));
  expect(rpgmaker.read(common, 'CommonEvents.json').units).toMatchObject([
    { key: '/1/list/0', source: 'はい', scene: 'Common event 1' },
  ]);
  const troops = utf8.encode(JSON.stringify([null, { id: 1, name: 'Slime*2', pages: [{ list }] }]));
  expect(rpgmaker.read(troops, 'Troops.json').units).toMatchObject([
    { key: '/1/pages/0/list/0', source: 'はい', scene: 'Troop 1, page 1' },
  ]);
});

it('a file that is not RPG Maker’s is refused', () => {
  expect(() => rpgmaker.read(utf8.encode('[]'), 'data/Tilesets.json')).toThrow(FormatError);
  expect(rpgmaker.detect('data/MapInfos.json', utf8.encode('[null,{"id":1}]'))).toBe(0);
});

describe('wrapLine', () => {
  it('breaks Japanese by its line-breaking rules', () => {
    expect(wrapLine('あいうえお、かき「くけこ」', 10)).toEqual(['あいうえ', 'お、かき', '「くけこ」']);
  });

  it('does not count escape codes, and does not break within them', () => {
    expect(lineCells('\\C[2]abc\\C[0]\\.\\!')).toBe(3);
    expect(wrapLine('\\C[2]one\\C[0] \\C[3]two', 3)).toEqual(['\\C[2]one\\C[0]', '\\C[3]two']);
  });

  it('leaves a word that is too long in one piece', () => {
    expect(wrapLine('a abcdefghij b', 5)).toEqual(['a', 'abcdefghij', 'b']);
  });

  it('keeps every character but the spaces it breaks at, and leaves a line that fits unchanged', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', ' ', 'あ', '。', '「', '\\C[1]', '\\', '漢', '…', '😀'), {
        maxLength: 40,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (line, maxCells) => {
        const lines = wrapLine(line, maxCells);
        expect(lines.join('').replaceAll(' ', '')).toBe(line.replaceAll(' ', ''));
        if (lineCells(line) <= maxCells) expect(lines).toEqual([line]);
      }),
      { numRuns: 500 },
    );
  });
});
