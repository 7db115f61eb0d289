import fc from 'fast-check';
import { kag } from '../../kag/format.ts';
import type { FormatCase } from '../format-case.ts';

export const kagCase: FormatCase = {
  name: 'kag',
  format: kag,
  path: 'data/scenario/scene1.ks',
  text: `;コメント
*start|プロローグ

[cm  ]
[bg storage="room.jpg" time="100"]
@showmenubutton
[chara_new name="akane" storage="a.png" jname="あかね"]
[title name='題名']
#akane:happy
「おはよう[heart]」[r]
「元気？」[p]
#？？？
　むかし[ruby text="むかし"]昔、[[山]に[p]次の文。[p]
#
[glink text="はい" target=*yes][glink text='いい"え' target="*no"]
[link target=*a]道A[endlink][link target=*b]道B[endlink][r]
[iscript]
f.text = "触らない";
[endscript]
@glink text=行く target=*go
[ptext text="&f.name" x=1]
/*
ブロック
*/
*end
【花子】「さよなら」
[emb exp="f.name"]は去った。[r]
`,
  units: [
    { key: 'start/caption/1', source: 'プロローグ', scene: 'start' },
    { key: 'start/chara_new.jname/1', source: 'あかね', scene: 'start' },
    { key: 'start/title.name/1', source: '題名', scene: 'start' },
    { key: 'start/1', source: '「おはよう[heart]」[r]\n「元気？」', scene: 'start', speaker: 'あかね' },
    { key: 'start/name/2', source: '？？？', scene: 'start' },
    { key: 'start/2', source: 'むかし[ruby text="むかし"]昔、[[山]に', scene: 'start', speaker: '？？？' },
    { key: 'start/3', source: '次の文。', scene: 'start', speaker: '？？？' },
    { key: 'start/glink.text/1', source: 'はい', scene: 'start' },
    { key: 'start/glink.text/2', source: 'いい"え', scene: 'start' },
    { key: 'start/4', source: '道A', scene: 'start' },
    { key: 'start/5', source: '道B', scene: 'start' },
    { key: 'start/glink.text/3', source: '行く', scene: 'start' },
    { key: 'end/1', source: '【花子】「さよなら」', scene: 'end', speaker: '花子' },
    { key: 'end/2', source: '[emb exp="f.name"]は去った。', scene: 'end' },
  ],
  encodings: ['shift_jis', 'euc-jp'],
  insertion: { before: '*end', lines: '挿入[p]\n' },
  broken: [{ text: 'あ\n\0\n', line: 2 }],
  files: fc
    .array(
      fc.constantFrom(
        'あ',
        'a',
        '\n',
        '\r\n',
        '[r]',
        '[p]',
        '[',
        ']',
        '[[',
        '"',
        "'",
        '\\',
        '*l',
        '#名',
        '@t text=x',
        ';',
        '[glink text="y"]',
        ' ',
        '　',
        '[iscript]',
        '[endscript]',
        '[link]',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
  // A speaker's name in plain ASCII may be an identifier, so it is not a unit.
  dropsUnit: (key, target) => key.includes('/name/') && /^[\w.-]+$/.test(target.trim()),
  // Tags and spaces at the ends are not part of the text.
  normalize: (text) =>
    text
      .replaceAll('[r]\n', '\n')
      .replace(/^(?:\[(?!\[)[^\]]*\]|[ \t\u3000\n])+/, '')
      .replace(/(?:(?<!\[)\[[^[\]]*\]|[ \t\u3000\n])+$/, ''),
};
