import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { kag } from './format.ts';

const utf8 = new TextEncoder();
const sources = (text: string) => kag.read(utf8.encode(text), 'a.ks').units.map(({ source }) => source);

function write(text: string, targets: Record<string, string>) {
  const written = kag.write(utf8.encode(text), 'a.ks', new Map(Object.entries(targets)));
  return {
    text: new TextDecoder().decode(written.bytes),
    problems: written.problems.map(({ message }) => message),
  };
}

describe('the texts of a scenario', () => {
  it('exclude the tags around them and include the tags within them', () => {
    expect(sources('[cm][font color=red]赤い[resetfont]字[l][cm]')).toEqual(['赤い[resetfont]字']);
    expect(sources('\t\t　一[r]二[p]三[p]')).toEqual(['一[r]二', '三']);
    expect(sources('[link target=*a]はい[endlink]　[link target=*b]いいえ[endlink][r]')).toEqual([
      'はい',
      'いいえ',
    ]);
  });

  it('continue on the next line after [r], up to anything that is not text', () => {
    expect(sources('一[r]\n二[l]二[r]\n三[p]\n四')).toEqual(['一[r]\n二[l]二[r]\n三', '四']);
    expect(sources('一[l][r]\n二[r][l]\n三')).toEqual(['一', '二', '三']);
    for (const between of ['', ';c', '*l', '#名前', '@wait time=1']) {
      expect(sources(`一[r]\n${between}\n二`).filter((source) => source !== '名前')).toEqual(['一', '二']);
    }
  });

  it('exclude comments, labels, commands, scripts and HTML', () => {
    expect(
      sources(';あ\n*あ\n@あ\n[iscript]\n"あ" [p]\n[endscript]\n[html]\n<b>あ</b>\n[endhtml]\n/*\nあ\n*/'),
    ).toEqual([]);
    expect(sources('@iscript\nあ\n@endscript\nい')).toEqual(['い']);
  });

  it('exclude the backslash that joins lines', () => {
    expect(sources('一\\\n\\\n[wait time=1]\\\n二')).toEqual(['一', '二']);
  });

  it('include attributes that a player reads, except expressions', () => {
    const text = `[button text="押す" hint='ヒント' graphic="a.png"][ptext text=&f.x][ptext text="%1"][mtext text=裸]`;
    expect(sources(text)).toEqual(['押す', 'ヒント', '裸']);
  });

  it('give a warning for a tag without an end, and skip the rest of its line', () => {
    const { units, warnings } = kag.read(utf8.encode('あ[font color="red]い\nう'), 'a.ks');
    expect(units.map(({ source }) => source)).toEqual(['あ', 'う']);
    expect(warnings).toHaveLength(1);
    expect(kag.read(utf8.encode('[iscript]\nあ'), 'a.ks').warnings).toHaveLength(1);
  });

  it('get their speaker from # and 【】', () => {
    const { units } = kag.read(
      utf8.encode('[chara_new name=a jname=あ]\n#a:smile\n一\n#\n二\n【花】三'),
      'a.ks',
    );
    expect(units.map(({ source, speaker }) => [source, speaker])).toEqual([
      ['あ', undefined],
      ['一', 'あ'],
      ['二', undefined],
      ['【花】三', '花'],
    ]);
  });

  it('keep their keys under a duplicate label', () => {
    const { units } = kag.read(utf8.encode('*a\n一\n*b\n二\n*a\n三'), 'a.ks');
    expect(units.map(({ key }) => key)).toEqual(['a/1', 'b/1', 'a (2)/1']);
  });
});

describe('a translation', () => {
  it('with line breaks gets [r] and the file’s line ending', () => {
    expect(write('一[p]\r\n', { '(top)/1': 'a\nb[r]\nc' }).text).toBe('a[r]\r\nb[r]\r\nc[p]\r\n');
  });

  it('in an attribute gets quotes if it needs them', () => {
    const text = '[glink text=はい][glink text=\'はい\'][glink text="はい"]';
    const targets = {
      '(top)/glink.text/1': 'Yes, sir',
      '(top)/glink.text/2': "I don't",
      '(top)/glink.text/3': '“Yes”',
    };
    expect(write(text, targets).text).toBe(
      '[glink text="Yes, sir"][glink text="I don\'t"][glink text="“Yes”"]',
    );
    expect(write('[glink text=はい]', { '(top)/glink.text/1': 'Yes' }).text).toBe('[glink text=Yes]');
  });

  it.each([
    ['一', '*star', 'label'],
    ['一', 'a\n;b', 'comment'],
    ['一', 'a\n\nb', 'empty line'],
    ['一', 'a [b', 'closing bracket'],
    ['一', '  ', 'empty'],
    ['一', '[r]', 'nothing but tags'],
    ['一[p]', 'path C:\\', 'backslash'],
    ['一', '/*', 'comment'],
    ['一', 'a\n/*', 'comment'],
  ])('of %j that would be read as %j is refused: %s', (text, target, word) => {
    const written = write(text, { '(top)/1': target });
    expect(written.text).toBe(text);
    expect(written.problems).toEqual([expect.stringContaining(word)]);
  });

  it('may begin with any character if it does not begin the line', () => {
    expect(write('[cn]一', { '(top)/1': '*gasp*' }).text).toBe('[cn]*gasp*');
  });
});

it('Shift_JIS is detected and written', () => {
  const bytes = iconv.encode('*start|プロローグ\r\n[cm]\r\nむかしむかし[p]\r\n', 'shift_jis');
  const read = kag.read(bytes, 'a.ks');
  expect(read.encoding).toEqual({ name: 'shift_jis', byteOrderMark: false });
  const written = kag.write(bytes, 'a.ks', new Map([['start/1', 'かつて']]));
  expect(iconv.decode(Buffer.from(written.bytes), 'shift_jis')).toBe(
    '*start|プロローグ\r\n[cm]\r\nかつて[p]\r\n',
  );
});
