import type { FieldRule } from '../../../contract/field-rules.ts';
import type { FieldTexts } from '../core-texts.ts';

const types = {
  string: '字符串',
  number: '数字',
  integer: '整数',
  boolean: '布尔值',
  array: '数组',
  object: '对象',
};

const rules: Record<FieldRule, string> = {
  date: '应为日期，例如 2026-01-31。',
  date_or_month: '应为日期或年月，例如 2026-01-31 或 2026-01。',
  time: '应为时间，例如 2026-01-31T09:30:00Z。',
  base64: '不是 Base64 文本。',
  version: '应为版本号，例如 1.0.0。',
  generation: '应为模型代次，例如 "5" 或 "4.7"。',
  has_message: '至少需要一条消息。',
  has_model: '请指定模型。',
  has_text: '没有文本。',
  small_with_underscore: '只能使用小写字母、数字和“_”，并以小写字母开头。',
  small_with_hyphen: '只能使用小写字母、数字和“-”。',
  letters_underscore: '只能使用字母、数字和“_”，例如 simplified_chinese。',
  letters_underscore_hyphen: '只能使用字母、数字、“_”和“-”。',
  sample_name: '只能使用文字、数字、“_”、“-”和空格。',
  provider_name: '名称只能使用字母、数字、“_”、“-”和“.”，最多 64 个字符。',
  preset_id: '只能使用字母、数字、“_”、“-”和“.”，最多 96 个字符，并以小写字母或数字开头。',
  parameter_name: '只能使用字母、数字、“_”、“-”和“.”，最多 64 个字符。',
  adapter_id: 'ID 只能使用字母、数字、“_”、“-”和“.”，最多 64 个字符。',
  batch_request_id: '应为 1 到 64 个字母、数字、“-”或“_”。',
  call_id: '不是调用记录中的 ID。',
  dotted_path: '应为用点连接的名称，列表后加“[]”。',
  printable: '包含不可见的字符。',
  not_reserved: '此名称是保留名称。',
  min_above_max: '"min" 大于 "max"。',
  min_or_max: '需要 "min" 或 "max"。',
};

/** Why a header cannot be sent. */
const headers = {
  name: '不是有效的标头名称。',
  line_break: '值中有换行。',
  not_latin1: '值中有无法在标头中发送的字符。',
  connection: '不能指定属于连接的标头。',
  authentication: '凭据由提供商的设置发送，不能在此指定。',
};

/** What is wrong with a field. */
export const fieldTexts: FieldTexts = {
  required: ({ expected }) => (expected === null ? '必填。' : `必填（${types[expected]}）。`),
  wrong_type: ({ expected }) => `应为${types[expected]}。`,
  one_of: ({ values }) => `允许的值：${values}。`,
  too_small: ({ limited, bound, inclusive }) => {
    if (limited === 'value') return inclusive ? `不能小于 ${bound}。` : `必须大于 ${bound}。`;
    return limited === 'characters' ? `至少需要 ${bound} 个字符。` : `至少需要 ${bound} 项。`;
  },
  too_big: ({ limited, bound, inclusive }) => {
    if (limited === 'value') return inclusive ? `不能大于 ${bound}。` : `必须小于 ${bound}。`;
    return limited === 'characters' ? `最多 ${bound} 个字符。` : `最多 ${bound} 项。`;
  },
  no_such_form: () => '不符合任何允许的形式。',
  name_refused: () => '不能使用此名称。',
  header: ({ fault }) => headers[fault],
  query_credential: () => 'URL 中的凭据会在途中被记录，因此不能指定。凭据由提供商的设置发送。',
  key_in_file: ({ variable }) => `密钥不能写入文件：请设置 ${variable}，或在面板中保存密钥。`,
  masked_key: () => '包含以掩码显示的密钥。请省略此字段，文件中的内容会保留。',
  rule: ({ rule }) => rules[rule],
};
