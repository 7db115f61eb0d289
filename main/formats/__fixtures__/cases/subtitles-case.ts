import fc from 'fast-check';
import { subtitles } from '../../subtitles/format.ts';
import type { FormatCase } from '../format-case.ts';

export const srtCase: FormatCase = {
  name: 'subtitles (SRT)',
  format: subtitles,
  path: 'opening.srt',
  text: `1
00:00:01,000 --> 00:00:02,500
<i>おはよう</i>

2
00:00:03,000 --> 00:00:04,000 X1:100 X2:200
{\\an8}二行の
字幕

3
00:00:05,000 --> 00:00:06,000


4
00:00:05,000 --> 00:00:06,000
同じ時
`,
  units: [
    { key: '00:00:01,000 --> 00:00:02,500', source: '<i>おはよう</i>' },
    { key: '00:00:03,000 --> 00:00:04,000', source: '{\\an8}二行の\n字幕' },
    { key: '00:00:05,000 --> 00:00:06,000 (2)', source: '同じ時' },
  ],
  encodings: ['shift_jis', 'euc-jp'],
  insertion: { before: '3\n00:00:05', lines: '9\n00:00:04,500 --> 00:00:04,800\n挿入\n\n' },
  broken: [{ text: 'no cue\nat all\n', line: 1 }],
  files: fc
    .array(
      fc.constantFrom(
        '1\n00:00:01,000 --> 00:00:02,000\n',
        'あ\n',
        'text',
        '\n',
        '\r\n',
        '7',
        ' ',
        '-->',
        '{\\i1}',
      ),
      { maxLength: 25 },
    )
    .map((parts) => parts.join('')),
};

export const assCase: FormatCase = {
  name: 'subtitles (ASS)',
  format: subtitles,
  path: 'opening.ass',
  text: `[Script Info]
Title: Opening
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,a comment
Dialogue: 0,0:00:01.00,0:00:02.50,Default,花子,0,0,0,,{\\i1}おはよう{\\i0}、先生\\N二行目
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\p1}m 0 0 l 10 10{\\p0}
Dialogue: 1,0:00:03.00,0:00:04.00,Default,,0,0,0,,はい, そう\\hです
`,
  units: [
    { key: '0:00:01.00 --> 0:00:02.50', source: '{\\i1}おはよう{\\i0}、先生\n二行目', speaker: '花子' },
    { key: '0:00:03.00 --> 0:00:04.00 (2)', source: 'はい, そう\\hです' },
  ],
  encodings: ['shift_jis', 'euc-jp'],
  insertion: {
    before: 'Dialogue: 0,0:00:03.00',
    lines: 'Dialogue: 0,0:00:02.60,0:00:02.80,Default,,0,0,0,,挿入\n',
  },
  broken: [
    { text: '[Script Info]\nTitle: x\n', line: 1 },
    { text: '[Events]\nDialogue: 0,0:00:01.00,text\n', line: 2 },
    { text: '[Events]\nFormat: Start, Text, End\n', line: 2 },
  ],
  files: fc
    .array(
      fc.constantFrom(
        'Dialogue: 0,0:00:01.00,0:00:02.00,D,N,0,0,0,,',
        'あ',
        '\\N',
        '{\\b1}',
        ',',
        '\n',
        '\r\n',
        'x',
      ),
      {
        maxLength: 25,
      },
    )
    .map((parts) => `[Events]\n${parts.join('')}`),
  normalize: (text) => text.replaceAll('\\N', '\n'),
};
