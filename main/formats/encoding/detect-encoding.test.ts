import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';
import { rankEncodings } from './detect-encoding.ts';

const samples: Record<string, string[]> = {
  shift_jis: [
    '「起きた。」\r\n「寝る。」\r\n',
    'おはよう',
    '東京',
    '先生、待って！',
    '魔法の剣',
    'ｱｲﾃﾑを手に入れた',
    '【花子】「えっ……？」',
    'テスト',
    '彼女は静かに笑った。',
    '*start|プロローグ\r\n[bg storage="room.jpg"]\r\nむかしむかし[r]あるところに[p]\r\n',
    '選択肢',
    '回復薬',
  ],
  'euc-jp': [
    'おはよう',
    '日本語',
    '先生、待って！',
    '魔法の剣を手に入れた。',
    'テスト',
    '彼女は静かに笑った。',
  ],
  gbk: ['你好', '我们走吧。', '“早上好，老师！”', '选择', '她笑了。', '这是什么？\n没什么。\n', '魔法剑'],
  big5: ['你好嗎？', '我們走吧。', '「早安，老師！」', '她笑了。', '這是什麼？', '選擇'],
  'euc-kr': ['안녕하세요', '가자.', '선생님, 기다려요!', '뭐라고?', '그녀는 조용히 웃었다.', '예', '선택'],
  'windows-1251': [
    'Привет',
    'Да',
    'Я тебя люблю.',
    '«Что?» — спросила она.',
    'НАЧАТЬ ИГРУ',
    'Доброе утро, учитель!\r\n',
  ],
  'windows-1252': [
    'café',
    'Ça va ?',
    'Für Elise',
    '¿Qué pasa?',
    'Señorita, mañana será otro día.',
    'Garçon, où êtes-vous ?',
    'She said “no” — and left…',
    'Übung macht den Meister.',
    'ÉPÉE MAGIQUE',
  ],
  utf16le: [
    'こんにちは\r\nさようなら\r\n',
    'Hello, world\n',
    '你好，老师。',
    '안녕하세요. 선생님',
    'Привет, мир\n',
    '「起きた。」',
  ],
  utf16be: ['こんにちは\r\nさようなら\r\n', 'Hello, world\n', '「起きた。」'],
};

describe('an encoding without a byte order mark is detected from its text', () => {
  for (const [name, texts] of Object.entries(samples)) {
    for (const text of texts) {
      it(`${name}: ${JSON.stringify(text)}`, () => {
        const bytes = iconv.encode(text, name, { addBOM: false });
        expect(decodeText(bytes)).toMatchObject({ encoding: name, text });
      });
    }
  }
});

describe('rankEncodings', () => {
  it('is certain of ASCII, of a byte order mark and of UTF-8 with enough multibyte characters', () => {
    const utf8 = new TextEncoder();
    expect(rankEncodings(utf8.encode('hello\n'))).toEqual([{ name: 'utf8', confidence: 'certain' }]);
    expect(rankEncodings(utf8.encode('こんにちは'))[0]).toEqual({ name: 'utf8', confidence: 'certain' });
    expect(rankEncodings(Uint8Array.from([0xff, 0xfe]))).toEqual([
      { name: 'utf16le', confidence: 'certain' },
    ]);
  });

  it('reads bytes that are valid UTF-8 by chance as the more plausible language', () => {
    expect(rankEncodings(iconv.encode('什么', 'gbk'))[0]?.name).toBe('gbk');
    expect(rankEncodings(new TextEncoder().encode('é'))[0]?.name).toBe('utf8');
    expect(rankEncodings(new TextEncoder().encode('Да'))[0]?.name).toBe('utf8');
  });

  it('ranks an encoding that does not restore the bytes below one that does', () => {
    // CP932 has two codes for ≒, and iconv-lite encodes to the other one.
    const secondCode = [0x87, 0x90];
    const names = rankEncodings(Uint8Array.from([...secondCode, ...secondCode])).map(({ name }) => name);
    expect(names[0]).toBe('gbk');
    const line = Uint8Array.from([...iconv.encode('彼女は', 'shift_jis'), ...secondCode]);
    expect(rankEncodings(line)[0]?.name).toBe('shift_jis');
  });

  it('marks a text of one character as a guess', () => {
    expect(rankEncodings(iconv.encode('蒼', 'shift_jis'))[0]?.confidence).toBe('guess');
  });

  it('reads a sample that ends within a character', () => {
    const bytes = iconv.encode('「起きた。」「寝る。」', 'shift_jis');
    expect(rankEncodings(bytes.subarray(0, 7), true)[0]?.name).toBe('shift_jis');
    const utf8 = new TextEncoder().encode('こんにちは');
    expect(rankEncodings(utf8.subarray(0, 10), true)[0]?.name).toBe('utf8');
  });
});
