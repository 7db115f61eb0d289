import { formatCount } from '../../ui/format.ts';
import type { CodedTexts } from '../core-texts.ts';

const n = formatCount;

/** Files that hold a game's text but cannot be read. */
const unsupported = {
  rpa: '是 Ren’Py 归档文件，面板不会解包。请先用 rpatool 或 unrpa 等工具取出其中的 .rpy 文件。',
  rpyc: '是已编译的 Ren’Py 脚本，面板不会反编译。请准备其源文件 .rpy。',
  rpymc: '是已编译的 Ren’Py 模块，面板不会反编译。请准备其源文件 .rpym。',
  xp3: '是 KiriKiri（吉里吉里）归档文件，面板不会解包。请先取出其中的 .ks 文件。',
  rgssad: '是 RPG Maker XP 归档文件，面板不会解包。请先取出其中的内容。',
  rgss2a: '是 RPG Maker VX 归档文件，面板不会解包。请先取出其中的内容。',
  rgss3a: '是 RPG Maker VX Ace 归档文件，面板不会解包。请先取出其中的内容。',
  rxdata: '是 RPG Maker XP 的二进制数据，无法读取。请先转换为 JSON 或表格。',
  rvdata: '是 RPG Maker VX 的二进制数据，无法读取。请先转换为 JSON 或表格。',
  rvdata2: '是 RPG Maker VX Ace 的二进制数据，无法读取。请先转换为 JSON 或表格。',
  mo: '是已编译的 gettext 消息目录。请翻译其源文件 .po（可用 msgunfmt 生成）。',
  trans: '是 Translator++ 项目文件。请从 Translator++ 导出为表格（CSV）或 JSON。',
  xlsx: '是 Excel 工作簿。请将工作表另存为 CSV（UTF-8）。',
  scn: '是已编译的 KiriKiri（吉里吉里）剧本（PSB）。请先用 VNTextPatch 等工具取出文本。',
};

const json = {
  name: '此处需要用双引号括起来的名称。',
  colon: '此处需要冒号。',
  line_break: '字符串中不能直接包含换行或控制字符。',
  unclosed_string: '从这里开始的字符串没有结束。',
  value: '此处需要一个值。',
  text_after_end: 'JSON 值结束之后还有多余的内容。',
  escape: '字符串中有 JSON 不支持的转义。',
  not_one_list: '此格式应是一个列表：[{ "name": …, "message": … }]',
  not_one_object: '此格式应是一个对象：{ "原文": "译文" }',
  not_an_entry: '条目应是文本，或含有 message 的对象。',
  other_list: '此处应是列表：这不是 RPG Maker 的同名文件。',
  other_object: '此处应是对象：这不是 RPG Maker 的同名文件。',
};
const jsonEnd = (atEnd: boolean) => (atEnd ? '文件提前结束：' : '不是 JSON：');
const po = {
  not_quoted: '此处只能是用引号括起来的字符串。',
  unclosed_string: '从这一行开始的字符串没有结束。字符串中的引号请写成 \\"。',
  unknown_line: 'PO 文件中只能有 msgctxt、msgid、msgid_plural、msgstr、注释和用引号括起来的字符串。',
  no_keyword: '此字符串之前缺少 msgid 或 msgstr。',
  ends_in_entry: '文件在条目中间结束：缺少 msgstr。',
  id_after_id: '连续出现两个 msgid：中间缺少 msgstr。',
  plural_without_id: 'msgid_plural 必须紧跟在 msgid 之后。',
  translation_without_id: 'msgstr 之前没有 msgid。',
  translation_number: 'msgstr 重复，或编号有误：复数形式应依次为 msgstr[0]、msgstr[1] 等。',
  no_string: 'msgstr 所在的行需要用引号括起来的字符串。',
};

/** Why a game's file was left out. */
export const fileFaults: CodedTexts['left_out_file'] = {
  unsupported: ({ path, type }) => `${path} ${unsupported[type]}`,
  unreadable: ({ line, message }) => `无法读取文件${line === null ? '' : `（第 ${n(line)} 行）`}：${message}`,
  no_format: () => '无法识别其格式。',
  beside_engine: () => '不与游戏引擎的脚本一起读取。请为此文件单独创建项目。',
  too_large: ({ megabytes }) => `文件超过 ${n(megabytes)} MB，请拆分。`,
  nul_character: ({ line }) => `第 ${n(line)} 行含有 NUL 字符：这不是文本文件。`,
  control_character: ({ line }) => `第 ${n(line)} 行含有文本中不会出现的控制字符：这不是文本文件。`,
  utf32: () => '这是 UTF-32 文件。请将其保存为 UTF-8。',
  unknown_encoding: ({ encoding }) => `不支持编码“${encoding}”。`,
  bad_byte: ({ line, encoding, byte, value }) =>
    `第 ${n(line)} 行不是 ${encoding}：偏移 ${n(byte)} 字节处的 ${value} 无效。请指定文件的编码，或将文件保存为 UTF-8。`,
  json: ({ line, fault, at_end }) => `第 ${n(line)} 行：${jsonEnd(at_end)}${json[fault]}`,
  json_sign: ({ line, sign, or_comma, at_end }) =>
    `第 ${n(line)} 行：${jsonEnd(at_end)}此处需要${or_comma ? '逗号或' : ''}“${sign}”。`,
  json_depth: ({ line, levels }) => `第 ${n(line)} 行：值的嵌套超过 ${n(levels)} 层。`,
  po: ({ line, fault }) => `第 ${n(line)} 行：${po[fault]}`,
  po_escape: ({ line, escape }) => `第 ${n(line)} 行：gettext 不支持转义“${escape}”。`,
  csv_empty: ({ line }) => `第 ${n(line)} 行：表格是空的。`,
  csv_column: ({ line, column, columns }) =>
    `第 ${n(line)} 行：没有名为“${column}”的列。现有的列：${columns}`,
  csv_unclosed: ({ line }) => `第 ${n(line)} 行：从这里开始的带引号字段没有结束。`,
  csv_after_quote: ({ line }) => `第 ${n(line)} 行：字段的右引号之后还有文本。引号内的引号请写成两个引号。`,
  srt_no_cue: ({ line }) =>
    `第 ${n(line)} 行：没有找到字幕。SubRip 文件中应有 00:00:01,000 --> 00:00:02,500 这样的行。`,
  ass_fields: ({ line, fields }) => `第 ${n(line)} 行：此 Dialogue 行的字段少于 ${n(fields)} 个。`,
  ass_no_events: ({ line }) => `第 ${n(line)} 行：没有 [Events] 部分，因此不是 ASS 文件。`,
  ass_last_field: ({ line }) => `第 ${n(line)} 行：[Events] 的最后一个字段必须是 Text。`,
  rpgmaker_file: ({ path }) =>
    `${path} 不是 RPG Maker MV 或 MZ 中含有文本的数据文件（Map001.json、Actors.json 等）。`,
  renpy_language: ({ language }) =>
    `“${language}”不是有效的 Ren’Py 语言名称。请使用字母、数字和下划线，例如 simplified_chinese。`,
  renpy_utf8: ({ line }) =>
    `第 ${n(line)} 行不是 UTF-8，而 Ren’Py 脚本使用 UTF-8 编码。请将文件保存为 UTF-8，然后重新读取。`,
  renpy_tab: ({ line }) => `第 ${n(line)} 行含有制表符。Ren’Py 只接受空格：请替换制表符，然后重新读取。`,
  renpy_unclosed: ({ line }) =>
    `从第 ${n(line)} 行开始的语句没有结束：引号或括号没有闭合。请补上，然后重新读取。`,
  renpy_no_block: ({ line }) => `第 ${n(line)} 行有缩进，但其上没有开始代码块的行。`,
  renpy_indent: ({ line, spaces }) =>
    `第 ${n(line)} 行缩进了 ${n(spaces)} 个空格，与上方任何一行都不一致。请更正缩进，然后重新读取。`,
  renpy_depth: ({ line, levels }) => `第 ${n(line)} 行的嵌套超过 ${n(levels)} 层。`,
  renpy_compiled: ({ path }) => `${path} 已编译或打包。请准备游戏的 .rpy 脚本，或先用工具取出。`,
};
