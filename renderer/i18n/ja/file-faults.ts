import { formatCount } from '../../ui/format.ts';
import type { CodedTexts } from '../core-texts.ts';

const n = formatCount;

/** Files that hold a game's text but cannot be read. */
const unsupported = {
  rpa: 'Ren’Pyのアーカイブです。展開には対応していないため、先にrpatoolやunrpaなどで.rpyファイルを取り出してください。',
  rpyc: 'コンパイルされたRen’Pyスクリプトです。逆コンパイルには対応していないため、元の.rpyファイルを用意してください。',
  rpymc:
    'コンパイルされたRen’Pyモジュールです。逆コンパイルには対応していないため、元の.rpymファイルを用意してください。',
  xp3: 'KiriKiri(吉里吉里)のアーカイブです。展開には対応していないため、先に.ksファイルを取り出してください。',
  rgssad:
    'RPG Maker XP(RPGツクールXP)のアーカイブです。展開には対応していないため、先に中身を取り出してください。',
  rgss2a:
    'RPG Maker VX(RPGツクールVX)のアーカイブです。展開には対応していないため、先に中身を取り出してください。',
  rgss3a:
    'RPG Maker VX Ace(RPGツクールVX Ace)のアーカイブです。展開には対応していないため、先に中身を取り出してください。',
  rxdata:
    'RPG Maker XP(RPGツクールXP)のバイナリデータで、読み取りに対応していません。先にJSONまたは表に変換してください。',
  rvdata:
    'RPG Maker VX(RPGツクールVX)のバイナリデータで、読み取りに対応していません。先にJSONまたは表に変換してください。',
  rvdata2:
    'RPG Maker VX Ace(RPGツクールVX Ace)のバイナリデータで、読み取りに対応していません。先にJSONまたは表に変換してください。',
  mo: 'コンパイルされたgettextカタログです。元の.poファイルを翻訳してください(msgunfmtで作成できます)。',
  trans: 'Translator++のプロジェクトです。Translator++から表(CSV)またはJSONとして書き出してください。',
  xlsx: 'Excelのブックです。シートをCSV(UTF-8)として保存してください。',
  scn: 'コンパイルされたKiriKiri(吉里吉里)のシナリオ(PSB)です。先にVNTextPatchなどでテキストを取り出してください。',
};

const json = {
  name: '二重引用符で囲んだ名前が必要です。',
  colon: 'コロンが必要です。',
  line_break: '文字列には改行や制御文字を直接書けません。',
  unclosed_string: 'この行で始まる文字列が閉じられていません。',
  value: '値が必要です。',
  text_after_end: 'JSONの値の後に余分な内容があります。',
  escape: 'JSONにないエスケープが文字列に含まれています。',
  not_one_list: 'この形式は1つのリストです: [{ "name": …, "message": … }]',
  not_one_object: 'この形式は1つのオブジェクトです: { "原文": "訳文" }',
  not_an_entry: '項目は、テキスト、またはmessageを持つオブジェクトにしてください。',
  other_list: 'ここにはリストが必要です。この名前のRPG Makerのファイルではありません。',
  other_object: 'ここにはオブジェクトが必要です。この名前のRPG Makerのファイルではありません。',
};
const jsonEnd = (atEnd: boolean) => (atEnd ? 'ファイルが途中で終わっています。' : 'JSONではありません。');
const po = {
  not_quoted: 'ここには引用符で囲んだ文字列だけを書けます。',
  unclosed_string: 'この行で始まる文字列が閉じられていません。文字列の中の引用符は\\"と書いてください。',
  unknown_line:
    'POファイルに書けるのは、msgctxt、msgid、msgid_plural、msgstr、コメント、引用符で囲んだ文字列だけです。',
  no_keyword: 'この文字列の前にmsgidまたはmsgstrがありません。',
  ends_in_entry: '項目の途中でファイルが終わっています。msgstrがありません。',
  id_after_id: 'msgidが2つ続いています。間にmsgstrがありません。',
  plural_without_id: 'msgid_pluralは、msgidの次に書いてください。',
  translation_without_id: 'msgstrの前にmsgidがありません。',
  translation_number:
    'msgstrが重複しているか、番号が違います。複数形では、msgstr[0]、msgstr[1]の順に書いてください。',
  no_string: 'msgstrと同じ行に、引用符で囲んだ文字列が必要です。',
};

/** Why a game's file was left out. */
export const fileFaults: CodedTexts['left_out_file'] = {
  unsupported: ({ path, type }) => `${path}は${unsupported[type]}`,
  unreadable: ({ line, message }) =>
    `ファイルを読み取れません${line === null ? '' : `(${n(line)}行目)`}。${message}`,
  no_format: () => '対応している形式ではありません。',
  beside_engine: () =>
    'ゲームエンジンのスクリプトと一緒には読み込めません。このファイルだけのプロジェクトを作成してください。',
  too_large: ({ megabytes }) => `ファイルが${n(megabytes)} MBを超えています。分割してください。`,
  nul_character: ({ line }) => `${n(line)}行目にNUL文字があるため、テキストファイルではありません。`,
  control_character: ({ line }) =>
    `${n(line)}行目に、テキストでは使われない制御文字があるため、テキストファイルではありません。`,
  utf32: () => 'UTF-32のファイルです。UTF-8で保存してください。',
  unknown_encoding: ({ encoding }) => `文字コード「${encoding}」には対応していません。`,
  bad_byte: ({ line, encoding, byte, value }) =>
    `${n(line)}行目が${encoding}ではありません(先頭から${n(byte)}バイトの位置の${value}が不正です)。ファイルの文字コードを指定するか、UTF-8で保存してください。`,
  json: ({ line, fault, at_end }) => `${n(line)}行目: ${jsonEnd(at_end)}${json[fault]}`,
  json_sign: ({ line, sign, or_comma, at_end }) =>
    `${n(line)}行目: ${jsonEnd(at_end)}${or_comma ? 'コンマまたは' : ''}「${sign}」が必要です。`,
  json_depth: ({ line, levels }) => `${n(line)}行目: 値の入れ子が${n(levels)}段を超えています。`,
  po: ({ line, fault }) => `${n(line)}行目: ${po[fault]}`,
  po_escape: ({ line, escape }) => `${n(line)}行目: gettextにないエスケープ「${escape}」があります。`,
  csv_empty: ({ line }) => `${n(line)}行目: 表が空です。`,
  csv_column: ({ line, column, columns }) =>
    `${n(line)}行目: 「${column}」という列がありません。列: ${columns}`,
  csv_unclosed: ({ line }) => `${n(line)}行目: ここで始まる引用符付きの項目が閉じられていません。`,
  csv_after_quote: ({ line }) =>
    `${n(line)}行目: 項目を閉じる引用符の後にテキストがあります。引用符の中の引用符は2つ続けて書いてください。`,
  srt_no_cue: ({ line }) =>
    `${n(line)}行目: 字幕がありません。SubRipのファイルには、00:00:01,000 --> 00:00:02,500のような行があります。`,
  ass_fields: ({ line, fields }) =>
    `${n(line)}行目: このDialogue行の項目が${n(fields)}個より少なくなっています。`,
  ass_no_events: ({ line }) => `${n(line)}行目: [Events]セクションがないため、ASSファイルではありません。`,
  ass_last_field: ({ line }) => `${n(line)}行目: [Events]の最後の項目はTextにしてください。`,
  rpgmaker_file: ({ path }) =>
    `${path}は、RPG Maker MV/MZのテキストを含むデータファイル(Map001.json、Actors.jsonなど)ではありません。`,
  renpy_language: ({ language }) =>
    `「${language}」は、Ren’Pyの言語名として使えません。simplified_chineseのように、英字、数字、アンダースコアで指定してください。`,
  renpy_utf8: ({ line }) =>
    `${n(line)}行目が、Ren’Pyのスクリプトの文字コードであるUTF-8ではありません。UTF-8で保存して、もう一度読み込んでください。`,
  renpy_tab: ({ line }) =>
    `${n(line)}行目にタブがあります。Ren’Pyではスペースしか使えません。タブを置き換えて、もう一度読み込んでください。`,
  renpy_unclosed: ({ line }) =>
    `${n(line)}行目から始まる行の引用符またはかっこが閉じられていません。閉じてから、もう一度読み込んでください。`,
  renpy_no_block: ({ line }) =>
    `${n(line)}行目は字下げされていますが、その前にブロックを始める行がありません。`,
  renpy_indent: ({ line, spaces }) =>
    `${n(line)}行目の字下げ(スペース${n(spaces)}個)が、前のどの行とも一致しません。字下げを直して、もう一度読み込んでください。`,
  renpy_depth: ({ line, levels }) => `${n(line)}行目の入れ子が${n(levels)}段を超えています。`,
  renpy_compiled: ({ path }) =>
    `${path}はコンパイルまたはアーカイブされています。ゲームの.rpyスクリプトを用意するか、先にツールで取り出してください。`,
};
