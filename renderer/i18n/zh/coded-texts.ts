import { formatCount, formatExactUsd } from '../../ui/format.ts';
import type { CodedTexts } from '../coded-texts.ts';
import { errors } from './errors.ts';

const n = formatCount;
const usd = formatExactUsd;
/** The provider's first key has no id. */
const keyName = (provider: string, key: string | null) =>
  key === null ? `${provider} 的密钥` : `${provider} 的密钥 ${key}`;
/** An error's meaning, followed by the core's message, which names the field, file or model. */
const errorText = (code: string, message: string) =>
  `${(errors.byCode as Partial<Record<string, string>>)[code] ?? `${code}: `}${message}`;
const listed = (parts: readonly (string | null)[]) => parts.filter((part) => part !== null).join('；');

/** Files that hold a game's text but cannot be read. */
const unsupported = {
  rpa: 'Ren’Py 归档文件，不会被解包。请先用 rpatool 或 unrpa 等工具取出其中的 .rpy 文件。',
  rpyc: '已编译的 Ren’Py 脚本，不会被反编译。请准备其源文件 .rpy。',
  rpymc: '已编译的 Ren’Py 模块，不会被反编译。请准备其源文件 .rpym。',
  xp3: 'KiriKiri（吉里吉里）归档文件，不会被解包。请先取出其中的 .ks 文件。',
  rgssad: 'RPG Maker XP 归档文件，不会被解包。请先取出其中的内容。',
  rgss2a: 'RPG Maker VX 归档文件，不会被解包。请先取出其中的内容。',
  rgss3a: 'RPG Maker VX Ace 归档文件，不会被解包。请先取出其中的内容。',
  rxdata: 'RPG Maker XP 的二进制数据，无法读取。请先转换为 JSON 或表格。',
  rvdata: 'RPG Maker VX 的二进制数据，无法读取。请先转换为 JSON 或表格。',
  rvdata2: 'RPG Maker VX Ace 的二进制数据，无法读取。请先转换为 JSON 或表格。',
  mo: '已编译的 gettext 目录。请翻译其源文件 .po（可用 msgunfmt 生成）。',
  trans: 'Translator++ 工程文件。请从 Translator++ 导出为表格（CSV）或 JSON。',
  xlsx: 'Excel 工作簿。请将工作表另存为 CSV（UTF-8）。',
  scn: '已编译的 KiriKiri（吉里吉里）剧本（PSB）。请先用 VNTextPatch 等工具取出文本。',
};

/** The core's texts other than warnings and errors. */
export const codedTexts: CodedTexts = {
  change: {
    preset_created: ({ module }) => `新建 ${module} 的预设`,
    preset_changed: ({ preset }) => `更改预设 ${preset}`,
    preset_reset: ({ preset }) => `将预设 ${preset} 恢复为初始状态`,
    preset_removed: ({ preset }) => `删除预设 ${preset}`,
    preset_activated: ({ preset, module }) => `将 ${module} 使用的预设改为 ${preset}`,
    default_restored: ({ module }) => `将 ${module} 使用的预设恢复为默认`,
    items_imported: ({ items }) => `导入 ${n(items)} 项`,
    personas_imported: ({ personas }) => `导入人设 ${personas}`,
    key_saved: ({ provider, key }) => `保存 ${keyName(provider, key)}`,
    key_removed: ({ provider, key }) => `删除 ${keyName(provider, key)}`,
    key_renamed: ({ provider, key }) => `重命名 ${keyName(provider, key)}`,
    provider_saved: ({ provider }) => `保存提供商 ${provider}`,
    provider_removed: ({ provider }) => `删除提供商 ${provider}`,
    adapter_kept: ({ adapter }) => `将运行时适配器 ${adapter} 保存为提供商`,
    pack_saved: ({ module }) => `保存提示词包 ${module}`,
    pack_created: ({ module }) => `新建提示词包 ${module}`,
    pack_duplicated: ({ module }) => `复制提示词包 ${module}`,
    pack_removed: ({ module }) => `删除提示词包 ${module}`,
    facts_kept: ({ facts, provider }) => `保存 ${provider} 列表中的 ${n(facts)} 条信息`,
    synced_models_removed: ({ provider }) => `删除 ${provider} 的同步模型`,
    catalogue_imported: ({ models, source }) => `从 ${source} 的目录导入 ${n(models)} 个模型`,
    file_repaired: ({ file }) => `修复 ${file}`,
    file_restored: ({ file }) => `将 ${file} 恢复为上次的正常内容`,
  },
  unit_problem: {
    missing: () => '每次请求，模型都漏掉了这一行。',
    doubled: () => '每次请求，模型都为这一行给出两个不同的译文。',
    empty: ({ asked }) => (asked ? '每次请求，模型都没有为这一行返回内容。' : '没有译文。'),
    merged: () => '每次请求，模型都把这一行与另一行合并了。',
    code: ({ missing, added, misplaced }) =>
      `代码或占位符不一致：${listed([
        missing === null ? null : `缺少 ${missing}`,
        added === null ? null : `原文中没有 ${added}`,
        misplaced === null ? null : `位置有误 ${misplaced}`,
      ])}。`,
    line_breaks: ({ target, source }) => `译文有 ${n(target)} 处换行，原文有 ${n(source)} 处。`,
    untranslated: () => '尚未翻译。',
    left_over: ({ letter }) => `残留其他文字体系的字符：“${letter}”。`,
    too_wide: ({ widest, room }) =>
      `有一行宽 ${n(widest)} 个半角字符，而游戏只能显示 ${n(room)} 个半角字符。`,
    repetition: ({ part }) => `“${part}”反复出现。`,
    refusal: () => '模型没有翻译，而是拒绝了请求。',
    explanation: ({ too_long }) => (too_long ? '译文远长于原文。' : '模型没有只给出译文，而是写了说明。'),
    glossary: ({ term, translation }) => `“${term}”没有译为“${translation}”。`,
    speaker: ({ name }) => `译文以名字“${name}:”开头，而原文没有。`,
    quotes: ({ quoted }) => (quoted === 'source' ? '原文带引号，而译文没有。' : '译文带引号，而原文没有。'),
    fuzzy: () => '文件将此译文标记为不确定。',
  },
  stop: {
    stopped: () => '用户操作',
    program_closed: () => '程序已关闭',
    limit_reached: ({ limit, spent, next }) =>
      `已达到上限 ${usd(limit)}：目前花费 ${usd(spent)}，下一个请求的费用${
        next === null ? '无法确定' : `最多为 ${usd(next)}`
      }。`,
    error: ({ error, message }) => errorText(error, message),
  },
  left_out_file: {
    unsupported: ({ path, type }) => `${path} 是${unsupported[type]}`,
    unreadable: ({ line, message }) =>
      `无法读取文件${line === null ? '' : `（第 ${n(line)} 行）`}：${message}`,
  },
  file_warning: {
    encoding_guessed: ({ encoding }) => `按 ${encoding} 编码读取，此编码是推测的。如果出现乱码，请指定编码。`,
    charset_missing: () => '文件头中仍是 charset=CHARSET。使用 msgfmt 之前，请用 msginit 创建目录。',
    entries_without_message: ({ entries }) => `${n(entries)} 个条目没有消息，已跳过。`,
    values_not_text: ({ values }) => `${n(values)} 个值不是文本，已跳过。`,
    lines_ignored: ({ lines }) => `${n(lines)} 行不是“原文=译文”的形式，插件会忽略这些行。`,
    id_twice: ({ line, id }) => `第 ${n(line)} 行：ID“${id}”出现了两次，引擎不接受，因此跳过了第二处。`,
    translated_twice: ({ line, key }) => `第 ${n(line)} 行：“${key}”有两个译文，采用第一个。`,
    other_language: ({ other, wanted }) => `已跳过此文件中“${other}”的译文：目标语言是“${wanted}”。`,
    old_computed: ({ line }) => `第 ${n(line)} 行：“old”之后的文本是计算得出的，已跳过。`,
    script_block_open: ({ end }) => `脚本块没有结束：缺少 ${end}。`,
    tags_open: () => '有些标签缺少右括号，所在行的其余部分已跳过。',
    translations_skipped: ({ translations }) => `此文件中还有 ${n(translations)} 条译文，已跳过。`,
    unknown_statement: ({ line, word, block }) =>
      `第 ${n(line)} 行：“${word}”不是 Ren’Py 语句，${block ? '其下方的内容未作为脚本读取。' : '已跳过。'}`,
  },
  write_problem: {
    unencodable: ({ letter, encoding }) =>
      `“${letter}”无法用文件的编码 ${encoding} 写入，因此保留原文。请换用其他字符，或转换文件的编码。`,
    missing_unit: () => '文件中已没有这段文本。',
    syntax: ({ message }) => `此译文无法以该文件的格式保存：${message}`,
  },
  provider_check: {
    off_in_file: ({ provider }) => `${provider} 已在注册表文件中关闭（"enabled": false）。`,
    flag_off: ({ provider, flag, file, outside }) =>
      `${provider} 已关闭：请在 ${file} 中将 ${flag}（或 features.enable_public_llm）设为 true。${
        outside === null
          ? ''
          : `如果 ${outside} 在您自己的网络中，也可以在面板或 COMFYVN_LLM_OWN_NETWORKS 中指明。`
      }`,
    key_missing: ({ provider, origin, variable }) =>
      `${provider} 需要用于 ${origin} 的密钥：请在面板中添加，或设置 ${variable}。`,
    refused: ({ origin }) => `${origin} 上没有服务器响应：请确认服务器已启动，且端口正确。`,
    error: ({ error, message }) => errorText(error, message),
  },
};
