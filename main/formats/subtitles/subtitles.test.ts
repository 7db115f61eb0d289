import { describe, expect, it } from 'vitest';
import { subtitles } from './format.ts';

const utf8 = new TextEncoder();

function write(path: string, text: string, targets: [string, string][]) {
  const written = subtitles.write(utf8.encode(text), path, new Map(targets));
  return {
    text: new TextDecoder().decode(written.bytes),
    problems: written.problems.map(({ message }) => message),
  };
}

const first = '00:00:01,000 --> 00:00:02,000';

describe('SRT', () => {
  it('reads a cue up to the next one, with an empty line in it', () => {
    const text = `1\n${first}\na\n\nb\n\n2\n00:00:03,000 --> 00:00:04,000\nc\n`;
    expect(subtitles.read(utf8.encode(text), 'a.srt').units.map(({ source }) => source)).toEqual([
      'a\n\nb',
      'c',
    ]);
  });

  it('reads cues without numbers, and times with a dot', () => {
    const text = '00:00:01.000 --> 00:00:02.000\n12\n\n00:00:03.000 --> 00:00:04.000\nc';
    expect(subtitles.read(utf8.encode(text), 'a.srt').units.map(({ source }) => source)).toEqual(['12', 'c']);
  });

  it('accepts an empty line in a translation if the original has one', () => {
    expect(write('a.srt', `1\n${first}\na\n\nb\n`, [[first, 'x\n\ny']]).text).toBe(`1\n${first}\nx\n\ny\n`);
  });

  it('writes line breaks as the file’s line ending', () => {
    expect(write('a.srt', `1\r\n${first}\r\na\r\n`, [[first, 'b\nc']]).text).toBe(
      `1\r\n${first}\r\nb\r\nc\r\n`,
    );
  });

  it.each([
    ['a\n\nb', 'empty line'],
    [`a\n${first}`, 'times'],
    ['', 'empty'],
  ])('refuses %j', (target, word) => {
    const text = `1\n${first}\nx\n`;
    const written = write('a.srt', text, [[first, target]]);
    expect(written).toEqual({ text, problems: [expect.stringContaining(word)] });
  });
});

describe('ASS', () => {
  it('follows the Format line, and keeps commas, override tags and soft breaks', () => {
    const text =
      '[Events]\nFormat: Start, End, Actor, Text\nDialogue: 0:00:01.00,0:00:02.00,花,{\\b1}a, b\\Nc\\nd\n';
    const { units } = subtitles.read(utf8.encode(text), 'a.ssa');
    expect(units).toEqual([{ key: '0:00:01.00 --> 0:00:02.00', source: '{\\b1}a, b\nc\\nd', speaker: '花' }]);
    const written = write('a.ssa', text, [['0:00:01.00 --> 0:00:02.00', '{\\b1}x, y\nz']]);
    expect(written.text).toBe(text.replace('a, b\\Nc\\nd', 'x, y\\Nz'));
  });

  it('refuses a translation without visible text', () => {
    const text = '[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,a\n';
    const written = write('a.ass', text, [['0:00:01.00 --> 0:00:02.00', '{\\i1}\\N']]);
    expect(written).toEqual({ text, problems: [expect.stringContaining('empty')] });
  });
});
