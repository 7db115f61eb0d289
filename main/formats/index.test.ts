import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { formatCases } from './__fixtures__/format-cases.ts';
import { detectFormat, formatNamed } from './index.ts';
import { unsupportedFile, unsupportedGame } from './unsupported.ts';

const utf8 = new TextEncoder();

function nameOf(path: string, content: string | Uint8Array): string | null {
  const detected = detectFormat(path, typeof content === 'string' ? utf8.encode(content) : content);
  return detected === null ? null : 'unsupported' in detected ? 'unsupported' : detected.format.name;
}

describe('detectFormat', () => {
  it.each(formatCases.map((one) => [one.name, one] as const))(
    'detects the format of the sample file: %s',
    (_, one) => {
      expect(nameOf(one.path, one.text)).toBe(one.format.name);
    },
  );

  it.each([
    ['script.txt', 'おはよう\nはい\n', 'text'],
    ['script.txt', iconv.encode('「起きた。」\r\n', 'shift_jis'), 'text'],
    ['Translation/en/Text/menu.txt', 'はい=Yes\n', 'xunity'],
    ['any.txt', 'はい=Yes\nいいえ=No\n// c\n', 'xunity'],
    ['notes.txt', 'price=3\nThe rest\nis prose.\n', 'text'],
    ['a.json', '{"はい": "Yes"}', 'json-map'],
    ['a.json', '{"Map001": {"はい": ""}}', 'json-map'],
    ['a.json', '[{"message": "はい"}]', 'json-list'],
    ['a.json', '["はい"]', 'json-list'],
    ['www/data/Items.json', '[null,{"id":1,"name":"薬"}]', 'rpgmaker'],
    ['a.json', '{"Yes": "Oui", "No": "Non"}', 'json-map'],
    ['a.json', String.raw`{"\u306f\u3044": ""}`, 'json-map'],
    ['package.json', '{"name": 1}', null],
    ['package.json', '{"name": "My game", "main": "index.html", "window": {"title": "x"}}', null],
    ['plugins.json', '["js/plugins.js", "main.js"]', null],
    ['data/Tilesets.json', '[null,{"id":1,"flags":[]}]', null],
    ['first.KS', '*start\n', 'kag'],
    ['de.PO', 'msgid ""\n', 'po'],
    ['movie.srt', '1\n00:00:01,000 --> 00:00:02,000\nHi\n', 'subtitles'],
    ['image.png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), null],
    ['image.txt', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), null],
    ['game/scripts.rpa', 'RPA-3.0', 'unsupported'],
    ['game/script.rpyc', Uint8Array.from([1, 2, 3]), 'unsupported'],
  ] as const)('%s with %j is %s', (path, content, name) => {
    expect(nameOf(path, content)).toBe(name);
  });

  it('reads a sample that ends within a character', () => {
    const head = utf8.encode('はい=Yes\nいいえ=No\n').subarray(0, 13);
    expect(nameOf('any.txt', head)).not.toBe(null);
  });
});

describe('unreadable files', () => {
  it('get a reason that says what to do, if they are archives', () => {
    expect(unsupportedFile('game/scripts.rpa')?.reason).toMatch(
      /^game\/scripts\.rpa is a Ren’Py archive.*extract/,
    );
    expect(unsupportedFile('game/script.rpy')).toBe(null);
  });

  it('get a reason for the whole game, if all of its scripts are packed or compiled', () => {
    expect(unsupportedGame(['game/scripts.rpa', 'game/gui/x.png'])).toContain('game/scripts.rpa');
    expect(unsupportedGame(['game/script.rpyc'])).toContain('compiled');
    expect(unsupportedGame(['data.xp3'])).toContain('KiriKiri');
    expect(unsupportedGame(['game/script.rpyc', 'game/script.rpy', 'game/images.rpa'])).toBe(null);
    expect(unsupportedGame(['readme.txt'])).toBe(null);
  });
});

it('a format is found by its name', () => {
  expect(formatNamed('po')?.label).toContain('gettext');
  expect(formatNamed('docx')).toBe(undefined);
});
