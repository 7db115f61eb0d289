import { formatCount, formatExactUsd } from '../../ui/format.ts';
import type { CodedTexts } from '../core-texts.ts';
import { errors } from './errors.ts';
import { fieldTexts } from './field-texts.ts';
import { fileFaults } from './file-faults.ts';
import { addressNotes, addressProblems, networkProblems, notices } from './notices.ts';

const n = formatCount;
const usd = formatExactUsd;
/** The provider's first key has no id. */
const keyName = (provider: string, key: string | null) =>
  key === null ? `${provider} 的密钥` : `${provider} 的密钥 ${key}`;
/** The key in a variable, or another one. */
const keyIn = (variable: string | null) => (variable === null ? '密钥' : `环境变量 ${variable} 中的密钥`);
/** An error's meaning, followed by the core's message, which names the field, file or model. */
const errorText = (code: string, message: string) =>
  `${(errors.byCode as Partial<Record<string, string>>)[code] ?? `${code}: `}${message}`;
const listed = (parts: readonly (string | null)[]) => parts.filter((part) => part !== null).join('；');

/** Faults of JSON. */
const syntax = {
  not_value: '不是 JSON 值：文本需要用双引号括起来。',
  not_number: '不是数字。',
  no_name: '缺少用双引号括起来的字段名。',
  no_value: '缺少值。',
  no_colon: '缺少冒号。',
  no_comma: '缺少逗号。',
  no_brace: '缺少右花括号 }。',
  no_bracket: '缺少右方括号 ]。',
  after_end: '结尾之后还有多余的内容。',
  open_comment: '注释没有结束。',
  open_string: '字符串没有结束：缺少双引号。',
  incomplete_number: '数字不完整。',
  incomplete_escape: '字符串中有不完整的 \\u 转义。',
  wrong_escape: '字符串中的 \\ 后面是不能转义的字符。',
  not_escaped: '字符串中有需要转义的字符，例如制表符。',
  other: '不是 JSON。',
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
    key_removed: ({ provider, key }) => `移除 ${keyName(provider, key)}`,
    key_renamed: ({ provider, key }) => `重命名 ${keyName(provider, key)}`,
    provider_saved: ({ provider }) => `保存提供商 ${provider}`,
    provider_removed: ({ provider }) => `移除提供商 ${provider}`,
    adapter_kept: ({ adapter }) => `将运行时适配器 ${adapter} 保存为提供商`,
    pack_saved: ({ module }) => `保存提示词包 ${module}`,
    pack_created: ({ module }) => `新建提示词包 ${module}`,
    pack_duplicated: ({ module }) => `创建提示词包 ${module} 的副本`,
    pack_removed: ({ module }) => `删除提示词包 ${module}`,
    facts_kept: ({ facts, provider }) => `保存 ${provider} 列表中的 ${n(facts)} 条信息`,
    synced_models_removed: ({ provider }) => `移除 ${provider} 的已同步模型`,
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
        misplaced === null ? null : `${misplaced} 的位置有误`,
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
    fuzzy: () => '文件将此译文标记为“模糊”。',
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
  unknown_spend: {
    error: ({ error, message }) => errorText(error, message),
    process_ended: () => '发送请求的进程在收到完整回复之前结束了。',
    ledger_restarted: () => '支出记录损坏或被删除，已重新建立。这一天的支出未知。',
    batch_process_ended: () => '提交批处理时进程结束了。提供商可能已收到该批处理并收费。',
    batch_not_confirmed: ({ message }) => `已提交批处理，但未得到确认。提供商可能已收到并收费。${message}`,
    results_missing: ({ requests }) =>
      requests === null
        ? '批处理已结束，但部分请求没有可读取的结果。'
        : `批处理已结束，但有 ${n(requests)} 个请求没有结果。`,
  },
  run_end: {
    program_closed: () => '程序已关闭。',
    process_ended: () => '执行该运行的进程已结束。',
    project_removed: () => '项目已从列表中移除。',
  },
  left_out_file: fileFaults,
  file_warning: {
    encoding_guessed: ({ encoding }) => `按 ${encoding} 编码读取，此编码是推测的。如果出现乱码，请指定编码。`,
    charset_missing: () => '文件头中仍是 charset=CHARSET。使用 msgfmt 之前，请用 msginit 创建消息目录。',
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
    error: ({ error, message }) => errorText(error, message),
  },
  key_problem: {
    empty: ({ variable }) => `${keyIn(variable)}为空。`,
    line_break: ({ variable }) => `${keyIn(variable)}中有换行。请只填写密钥本身，且只占一行。`,
    variable_name: ({ variable }) => `${keyIn(variable)}中有变量名。请只填写密钥本身。`,
    whole_header: ({ variable }) =>
      `${keyIn(variable)}是一整个标头。请只填写密钥本身，不要包含“Authorization”和“Bearer”。`,
    space: ({ variable }) => `${keyIn(variable)}中有空格。请只填写密钥本身，不要包含名称或“Bearer”。`,
    invisible_character: ({ variable }) =>
      `${keyIn(variable)}中有不可见字符，从网页或聊天软件复制时可能会混入。请重新复制。`,
    control_character: ({ variable }) => `${keyIn(variable)}中有控制字符。请只填写密钥本身，且只占一行。`,
    quotation_mark: ({ variable }) => `${keyIn(variable)}带有引号。请只填写密钥本身。`,
    placeholder: ({ variable }) => `${keyIn(variable)}只是占位符，不是密钥。`,
    escape: ({ variable }) => `${keyIn(variable)}中有写成文字的“\\n”等符号。请只填写密钥本身。`,
    not_ascii: ({ variable }) =>
      `${keyIn(variable)}中有标头无法携带的字符（全角字符或带重音的字母）。请改用半角字符输入。`,
  },
  hidden_field: {
    contains_key: () => '其中包含密钥。',
    named_like_credential: ({ header }) => `使用此名称的${header ? '标头' : '字段'}一般包含凭据。`,
  },
  file_problem: {
    cannot_read: ({ code }) => `无法读取文件（${code}）。`,
    too_large: ({ megabytes }) => `文件超过 ${n(megabytes)} MB。`,
    not_utf8: ({ byte }) => `文件编码既不是 UTF-8，也不是带 BOM 的 UTF-16（第 ${n(byte)} 字节）。`,
    cut_utf16: ({ byte }) => `UTF-16 文件在字符中间结束（第 ${n(byte)} 字节）。`,
    empty: () => '文件为空，不是 JSON。',
    not_json: ({ message }) => `无法解析为 JSON。${message}`,
    too_deep: () => '嵌套过深。',
    syntax: ({ fault }) => syntax[fault],
    not_object: () => '不是 JSON 对象。',
    not_flags: () => '不是由标志组成的对象。',
    unknown_field: ({ field, near }) =>
      `没有名为“${field}”的字段。${near === null ? '' : `是否应为“${near}”？`}`,
    name_taken: ({ name, file }) => `名称“${name}”已在 ${file} 中使用。`,
    not_amount: ({ variable }) => `${variable} 不是 2 或 0.25 这样的美元金额`,
    flags_kept: ({ message }) => `标志文件无法使用，因此沿用上次读取的标志。${message}`,
    missing: () => '文件不存在。',
    template: ({ message }) => `无法处理模板。${message}`,
    too_many_samples: ({ files, max }) => `共有 ${n(files)} 个文件，最多读取 ${n(max)} 个。`,
    other_folder: ({ module }) => `“${module}”与文件夹名称不一致。`,
    name_twice: ({ name }) => `“${name}”重复。`,
    not_array: ({ name }) => `没有名为“${name}”的数组类型变量。`,
    no_variable: ({ name }) => `此提示词包中没有变量“${name}”。`,
    no_reply_field: ({ field }) => `回复中没有“${field}”。`,
    ...fieldTexts,
    refused_value: ({ message }) => `内容不正确。${message}`,
  },
  preset_problem: {
    schema: ({ message }) => `此 Schema 无法使用。${message}`,
    schema_too_large: ({ kilobytes }) => `Schema 超过 ${n(kilobytes)} kB。`,
    schema_too_deep: ({ levels }) => `Schema 的嵌套超过 ${n(levels)} 层。`,
    schema_reference: ({ reference }) =>
      `Schema 中的引用“${reference}”无法解析。只能引用同一 Schema 中的内容。`,
    schema_pattern: ({ pattern }) => `Schema 中的“${pattern}”不是有效的正则表达式。`,
    provider_options: ({ message }) => `这些提供商选项无法使用。${message}`,
  },
  catalogue_item: {
    no_provider: ({ provider }) => `没有名为 ${provider} 的提供商。`,
    twice: () => '在文件中重复。',
  },
  set_warning: {
    lines_skipped: ({ path, line, more, message }) =>
      `${path} 的第 ${n(line)} 行无法使用${more === 0 ? '' : `（另有 ${n(more)} 个问题）`}。${message}`,
    error: ({ error, message }) => errorText(error, message),
  },
  import_note: {
    id_ships: () => '已有内置预设使用此 ID。',
    id_twice: () => '文件中此 ID 重复。',
    module_full: ({ module, presets }) => `${module} 已有 ${n(presets)} 个您自己的预设。`,
    id_not_shipped: () => '没有此 ID 的内置预设。',
    no_such_preset: () => '没有这个预设。',
    settings_refused: ({ message }) => `使用此设置的所有调用都会被拒绝：${message}`,
    check_too_slow: () => '检查前面的提示词包耗时过长。',
    pack_twice: () => '文件中有两个用于此模块的提示词包。',
    pack_broken: ({ message }) => `提示词包的内容有误：${message}`,
    unknown_module: ({ module }) => `没有名为“${module}”的模块。`,
    name_twice: () => '文件中此名称重复。',
    calls_go_to: ({ base }) => `调用将发送到 ${base}`,
    provider_broken: ({ message }) => `提供商的内容有误：${message}`,
    base_not_http: () => '其地址不是 http 或 https URL。',
    outside_network: ({ kind, host }) =>
      `类型为“${kind}”，但 ${host} 不在本机及其网络中，必须使用由功能标志控制的类型（"cloud"）。`,
    key_of_other: ({ variable, provider }) => `它要将 ${provider} 的密钥 ${variable} 用于另一个地址。`,
    key_not_own: ({ variable }) =>
      `它要使用 ${variable}，其中可能是其他用途的密钥。如果确实需要，请手动添加。`,
    provider_exists: ({ provider }) => `已有提供商 ${provider}，其密钥不能用于来自别处的文件。`,
    other_address: ({ provider, base }) =>
      `您的 ${provider} 位于另一个地址（${base}），其密钥也用于该地址。请先将其删除或重命名。`,
    file_refused: ({ error, message }) => errorText(error, message),
    address_refused: () => '其地址不是普通的 http 或 https URL（不接受包含用户名或密钥的 URL）。',
    no_provider: ({ provider }) => `没有提供商 ${provider}。`,
    no_address: () => '没有指定服务器的地址。',
    unknown_service: ({ service }) =>
      `面板中没有对应“${service}”的提供商。如果它支持 OpenAI 的协议，请手动添加。`,
    no_model: ({ source }) => (source === null ? '没有指定模型。' : `没有为 ${source} 指定模型。`),
    no_profile: () => '不是连接配置：缺少 `api` 和 `mode`。',
    style_guides: ({ texts }) => `${n(texts)} 段文本将成为风格指南。`,
  },
  import_left_out: {
    not_text: () => '不是文本。',
    too_long: ({ characters }) => `超过 ${n(characters)} 个字符。`,
    not_number: () => '不是数字。',
    out_of_range: ({ value }) => `${value} 超出范围。`,
    not_sent_to: ({ service }) => `SillyTavern 不会将它发送给 ${service}。`,
    unknown_effort: () => '不支持此值。',
    prompts: () => '提示词应放入提示词包：请将需要的内容复制到“提示词包”中。',
    may_hold_key: () => '可能包含密钥。密钥从不导入。',
    keys: () => '密钥从不导入：请在“提供商”页面保存密钥。',
    address: () => '预设没有地址：请更改提供商的地址。',
    provider_options: () => '请手动写入预设的提供商选项。',
    context_of_model: () => '使用模型自身的上下文长度。',
    extensions: () => 'SillyTavern 扩展的数据（包括脚本）在此没有用处。',
    one_reply: () => '只请求一个回复。',
    other_preset: () => '连接配置只包含其名称：请导入该预设自己的文件。',
    own_prompt: () => '它只影响 SillyTavern 自身的提示词。',
    macros: () => '只替换 {{char}}、{{user}} 和 {{original}}，其余保留为文本。',
    first_greeting: () => '只使用第一条问候语。',
    lorebook: () => '这里没有世界书：请将需要的内容写入描述。',
    media: () => '不导入图片和声音。',
    for_people: () => '这是给人看的，不是给模型的。',
  },
  notice: notices,
  address_note: addressNotes,
  address_problem: addressProblems,
  network_problem: networkProblems,
};
