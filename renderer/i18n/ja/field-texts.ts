import type { FieldRule } from '../../../contract/field-rules.ts';
import type { FieldTexts } from '../core-texts.ts';

const types = {
  string: '文字列',
  number: '数値',
  integer: '整数',
  boolean: '真偽値',
  array: '配列',
  object: 'オブジェクト',
};

const rules: Record<FieldRule, string> = {
  date: '日付を指定してください(例: 2026-01-31)。',
  date_or_month: '日付または年月を指定してください(例: 2026-01-31、2026-01)。',
  time: '日時を指定してください(例: 2026-01-31T09:30:00Z)。',
  base64: 'Base64のテキストではありません。',
  version: 'バージョンを指定してください(例: 1.0.0)。',
  generation: '世代を指定してください(例: "5"、"4.7")。',
  has_message: 'メッセージが1件以上必要です。',
  has_model: 'モデルを指定してください。',
  has_text: 'テキストがありません。',
  small_with_underscore: '使用できるのは英小文字、数字、「_」です。先頭は英小文字にしてください。',
  small_with_hyphen: '使用できるのは英小文字、数字、「-」です。',
  letters_underscore: '使用できるのは英字、数字、「_」です(例: simplified_chinese)。',
  letters_underscore_hyphen: '使用できるのは英字、数字、「_」、「-」です。',
  sample_name: '使用できるのは文字、数字、「_」、「-」、空白です。',
  provider_name: '名前に使用できるのは英字、数字、「_」、「-」、「.」で、64文字までです。',
  preset_id:
    '使用できるのは英字、数字、「_」、「-」、「.」で、96文字までです。先頭は英小文字または数字にしてください。',
  parameter_name: '使用できるのは英字、数字、「_」、「-」、「.」で、64文字までです。',
  adapter_id: 'IDに使用できるのは英字、数字、「_」、「-」、「.」で、64文字までです。',
  batch_request_id: '使用できるのは英字、数字、「-」、「_」で、1～64文字です。',
  call_id: '呼び出し履歴のIDではありません。',
  dotted_path: '名前をドットでつなぎ、リストの後に「[]」を付けてください。',
  printable: '表示されない文字が含まれています。',
  not_reserved: 'この名前は予約されています。',
  min_above_max: '"min"が"max"より大きくなっています。',
  min_or_max: '"min"または"max"が必要です。',
};

/** Why a header cannot be sent. */
const headers = {
  name: 'ヘッダー名として使用できません。',
  line_break: '値に改行が含まれています。',
  not_latin1: '値に、ヘッダーで送信できない文字が含まれています。',
  connection: '接続のためのヘッダーは指定できません。',
  authentication: '認証情報はプロバイダーの設定から送信されるため、指定できません。',
};

/** What is wrong with a field. */
export const fieldTexts: FieldTexts = {
  required: ({ expected }) => (expected === null ? '必須です。' : `必須です(${types[expected]})。`),
  wrong_type: ({ expected }) => `${types[expected]}を指定してください。`,
  one_of: ({ values }) => `指定できる値は${values}です。`,
  too_small: ({ limited, bound, inclusive }) => {
    if (limited === 'value')
      return inclusive ? `${bound}以上の値を指定してください。` : `${bound}より大きい値を指定してください。`;
    return limited === 'characters' ? `${bound}文字以上にしてください。` : `${bound}件以上必要です。`;
  },
  too_big: ({ limited, bound, inclusive }) => {
    if (limited === 'value')
      return inclusive ? `${bound}以下の値を指定してください。` : `${bound}未満の値を指定してください。`;
    return limited === 'characters' ? `${bound}文字以内にしてください。` : `${bound}件以内にしてください。`;
  },
  no_such_form: () => '使用できる形式のいずれにも当てはまりません。',
  name_refused: () => 'この名前は使用できません。',
  header: ({ fault }) => headers[fault],
  query_credential: () =>
    'URLの認証情報は途中で記録されるため、指定できません。認証情報はプロバイダーの設定から送信されます。',
  key_in_file: ({ variable }) =>
    `APIキーはファイルに書き込めません。${variable}を設定するか、パネルで保存してください。`,
  masked_key: () =>
    '伏せ字のAPIキーが含まれています。このフィールドを省くと、ファイルの内容がそのまま残ります。',
  rule: ({ rule }) => rules[rule],
};
