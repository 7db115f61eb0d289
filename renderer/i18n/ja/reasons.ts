import { formatCount } from '../../ui/format.ts';
import { ruleTextIn, type ReasonTexts } from '../core-texts.ts';
import { ruleTexts } from './rule-texts.ts';

const n = formatCount;
const features = {
  end_user_id: 'エンドユーザーのID',
  metadata: 'メタデータ',
  labels: 'ラベル',
  logit_bias: 'ロジットバイアス',
  service_tiers: 'サービス階層の指定',
  storage: '応答の保存',
  detail_levels: '画像の詳細度の指定',
  strict_functions: '関数の厳密モード',
};
const schemaProblems = {
  anything: 'どんな値も許すスキーマ',
  other_document: '別の文書への参照',
  all_of: '`allOf`',
  one_of_beside_any_of: '`anyOf`と併用した`oneOf`',
  any_of_beside_rules: 'ほかの条件と併用した`anyOf`',
  open_keys: 'キーをモデルが決めるオブジェクト',
  list_of_anything: '要素の型が決まっていないリスト',
  enum_of_objects: 'オブジェクトを値に持つ`enum`',
};
const limitedProperties = { optional: '省略可能なプロパティ', union: '複数の型を持つプロパティ' };
const asTool = 'スキーマをツールとして送信します。';

export const reasons: ReasonTexts = {
  model_rule: ({ text }) => ruleTextIn(ruleTexts, text),
  value_out_of_range: ({ model, param, min, max, value }) =>
    `${model}の${param}の範囲は${min ?? '下限なし'}〜${max ?? '上限なし'}です。${value}は範囲外のため送信しません。`,
  parameters_refused: ({ model, params }) => `${model}では次のパラメーターを使えません: ${params}`,
  parameters_conflict: ({ model, params, omit }) =>
    `${model}では次のパラメーターを同時に指定できません: ${params}。${omit}を除外します。`,
  renamed_by_rule: ({ model, param, to, set_too }) =>
    `${model}では、${param}を${to}という名前で送信します。${set_too ? `${to}も設定されているため、そちらを使います。` : ''}`,
  value_replaced: ({ model, param, value }) => `${model}の${param}に「${value}」という値はありません。`,
  unknown_level: ({ level, levels }) =>
    `「${level}」という推論レベルはありません。次のいずれかを指定してください: ${levels}`,
  reasoning_unknown: ({ model }) =>
    `${model}の推論パラメーターは不明です。プロバイダー独自のフィールドを使ってください。`,
  reasoning_impossible: ({ model }) => `${model}には、この推論レベルを指定できません。`,
  no_room_to_think: () => 'max_tokensが小さすぎて、思考に使えるトークンが残りません。',
  reasoning_note: ({ text }) => ruleTextIn(ruleTexts, text),
  reasoning_translated: ({ model, level }) => `${model}では、推論レベル「${level}」をこの形で送信します。`,
  value_unknown: ({ values }) => `次のいずれかを指定してください: ${values}`,
  no_schema: () => 'このリクエストにはスキーマがありません。',
  forced_tool_refused: ({ asked, how }) =>
    `このモデルにはツールの呼び出しを強制できないため、「${asked}」は使えません。${how === null ? '' : `スキーマは「${how}」として送信します。`}`,
  context_enlarged: ({ tokens, context }) =>
    `プロンプトは約${n(tokens)}トークンですが、Ollamaが読むのは既定で${n(context)}トークンまでのため、コンテキストを広げます(プロバイダーの設定allow_num_ctx)。`,
  set_in_request: ({ field }) => `リクエスト自体の\`${field}\`で指定してください。`,
  filled_by_messages: () => 'メッセージから作られるフィールドです。テキストは`messages`に入れてください。',
  filled_by_system_messages: () =>
    'メッセージから作られるフィールドです。ロールが"system"のメッセージを使ってください。',
  overridden_later: ({ param }) => `同じ設定の「${param}」が後から指定されたため、そちらを使います。`,
  set_twice: () => '2回設定されているため、後の値を送信します。',
  set_twice_in_options: () => '2回設定されているため、`options`の外側の値を送信します。',
  own_parameter_set: ({ param }) =>
    `プロバイダー独自のパラメーター\`${param}\`も設定されているため、そちらを使います。`,
  schema_set: () =>
    'スキーマも設定されているため、そちらを使います。こちらを使うには、`schema: null`でスキーマをオフにしてください。',
  overridden_by: ({ param }) =>
    `${param}も設定されているため、そちらを使います。こちらを使うには、${param}の設定を外してください。`,
  reply_must_be_json: ({ param, as_tool }) =>
    `${param}も設定されているため、応答は${as_tool ? '関数呼び出しで返される' : ''}JSONでなければなりません。`,
  settled_by_tool_choice: () => '`tool_choice`の指定ですでに決まっています。',
  not_a_parameter_name: () => 'パラメーター名として使えません。',
  not_a_parameter: () => 'このプロトコルにこのパラメーターはありません。',
  unknown_field: ({ api }) =>
    `${api}のAPIにこのフィールドはありません。\`provider_options.body\`を使えば送信できます。`,
  no_such_feature: ({ api, feature }) =>
    `${api ?? 'このプロバイダー'}は${features[feature]}に対応していません。`,
  no_repetition_penalty: () =>
    'Geminiに反復ペナルティはありません。古いモデルではfrequency_penaltyを使えます。',
  use_instead: ({ api, param, instead }) => `${api}に${param}はありません。代わりに使えるもの: ${instead}`,
  other_providers_form: ({ instead }) => `別のプロバイダーの形式です。代わりに使えるもの: ${instead}`,
  old_name: ({ instead }) => `古い名前です。\`${instead}\`を使ってください。`,
  one_reply: ({ api }) =>
    `${api}は1回の呼び出しに1件だけ応答します。複数の応答が必要なら、その回数だけ送信してください。`,
  usage_always_reported: ({ api }) => `${api}のストリームではトークン数が必ず報告されるため、不要です。`,
  usage_on_request: () => 'ストリームのトークン数は、要求しないと報告されません。',
  no_streaming: () =>
    'このプロトコルはストリーミングに対応していません。応答全体が1つの差分として一度に届きます。',
  only_with: ({ param }) => `\`${param}\`と一緒に指定した場合にのみ使えます。`,
  plain_text_is_default: ({ api }) =>
    `${api}で使えるのはjson_objectとjson_schemaです。指定しなければプレーンテキストになります。`,
  format_unknown: () =>
    'このプロトコルにない形式です。テキストの場合は指定が不要です。スキーマは`schema`に入れてください。',
  max_tokens_required: () => 'このプロトコルではmax_tokensが必須ですが、設定されていません。',
  stop_of_blanks: () =>
    'このプロトコルでは空白だけの停止シーケンスを使えません。目に見える文字列を指定してください。',
  effort_unknown: ({ efforts }) =>
    `このプロトコルで使える値は${efforts}です。オフにするには\`thinking: {type: "disabled"}\`を使ってください。`,
  no_effort_none: () =>
    'Geminiに"none"というレベルはありません。思考を止められるモデルでは、thinking_budgetを0にしてください。',
  use_thinking: () => 'このプロトコルでは`thinking`または`reasoning_effort`を使います。',
  use_thinking_type: () =>
    'このプロトコルでは`thinking: {type: "adaptive"}`を使います。古いモデルでは`{type: "enabled", budget_tokens}`です。',
  own_name: ({ api }) => `${api}での名前です。`,
  own_form: ({ api }) => `${api}での形式です。`,
  takes_list: ({ api }) => `${api}ではリストで指定します。`,
  own_name_of_list: ({ api }) => `${api}での名前で、値はリストになります。`,
  own_name_without_blanks: ({ api }) =>
    `${api}での名前です。空白だけの停止シーケンスは使えないため、除きます。`,
  user_in_metadata: () => 'このプロトコルではユーザーを`metadata`に入れます。',
  inverted_flag: () => 'このプロトコルでは逆の意味のフラグで指定します。',
  sent_as_header: () => 'このプロトコルではヘッダーとして送信します。',
  unknown_message_field: ({ api }) => `${api}のメッセージにこのフィールドはありません。`,
  no_message_name: () => 'このプロトコルのメッセージに名前の欄はありません。テキストの中に書いてください。',
  cache_control_on_part: () => 'メッセージのコンテンツの各パートに付けてください。',
  reasoning_as_thinking_part: () => '推論は、署名付きの`thinking`パートとして送り返してください。',
  no_developer_role: ({ api }) => `${api ?? 'このサーバー'}は"developer"ロールに対応していません。`,
  system_sent_as_user: () =>
    'このプロトコルではシステムメッセージだけの会話を送信できないため、最後のメッセージをユーザーのものとして送信します。',
  system_outside_messages: ({ api, joined }) =>
    `${api}では、システムメッセージを${joined ? '順番どおり1つにまとめ、' : ''}会話とは別に送信します。`,
  system_moved_to_front: ({ api }) =>
    `${api}のシステムプロンプトは会話の前に1つだけです。会話の途中にあったため、前に移します。`,
  system_is_text_only: () =>
    'システムプロンプトに入れられるのはテキストだけです。ユーザーメッセージを使ってください。',
  system_fields_dropped: ({ api }) => `${api}では、システムメッセージのテキストだけを送信します。`,
  empty_turn: () => 'このAPIは空のアシスタントターンを受け付けないため、除外します。',
  empty_text: () => 'このプロトコルは空のテキストブロックを受け付けないため、除外します。',
  one_text: ({ api }) => `${api}のメッセージに入れられるテキストは1つなので、まとめます。`,
  part_not_carried: ({ api, type }) =>
    `${api}へ送信できるのはテキストと画像です。「${type}」は送信できません。`,
  no_audio: () =>
    'このプロトコルに音声を扱えるモデルはありません。文字に起こしたテキストを送信してください。',
  refusal_as_text: () => 'このプロトコルに拒否を表すブロックはありません。テキストとして送信してください。',
  no_image_detail: () =>
    'このプロトコルでは画像の詳細度を指定できません。送信する前に画像の大きさを調整してください。',
  image_as_data_url: ({ api }) =>
    `${api}はURLから画像を取得しません。画像はbase64の\`data:\` URLで指定してください。`,
  data_url_not_base64: () => '`data:` URLはbase64でなければなりません。',
  pdf_only: () =>
    '送信できるのは`data:` URLのPDFだけです。それ以外のファイルには`document`ブロックを使ってください。',
  tools_not_a_list: () => 'ツールのリストでなければなりません。',
  not_a_function: ({ api, own }) =>
    own ? `関数でも、${api}独自の形式のツールでもありません。` : `${api}で使えるツールは関数だけです。`,
  no_tool_left: ({ api, own }) =>
    own ? `関数も、${api}独自のツールも含まれていません。` : `${api}で使える関数が含まれていません。`,
  free_text_tool: () =>
    'フリーテキストのツールはOpenAI独自のものです。`parameters`を付けて関数ツールにしてください。',
  unknown_tool_field: () => 'このプロトコルのツールにこのフィールドはありません。',
  tool_choice_by_model: ({ api }) =>
    `${api}ではモデルがツールを選びます。呼び出しを避けるには\`tools\`を外してください。`,
  tool_choice_unknown: () =>
    'Geminiにない選択肢です。"auto"、"none"、"required"、または1つの関数を指定してください。',
  tool_choice_modes: () => 'このサーバーで使えるのは"none"、"auto"、"required"だけです。',
  parallel_calls_by_model: ({ api }) => `${api}では、一度に呼び出すツールの数をモデルが決めます。`,
  not_a_function_call: () =>
    '関数ツールの呼び出しではありません。このプロトコルで送信できるのは関数ツールの呼び出しだけです。',
  calls_in_turn: () => 'このプロトコルでは、呼び出しをアシスタントのターンの中のブロックとして送信します。',
  arguments_not_object: ({ api }) =>
    `${api}では引数をオブジェクトで指定しますが、この引数はオブジェクトではありません。`,
  arguments_kept_as_text: () =>
    '引数がこのプロトコルの求めるJSONオブジェクトではないため、テキストのまま送信します。',
  signature_missing: () =>
    'この呼び出しには署名(extra_content)がありません。Gemini 3は署名のない呼び出しを拒否します。',
  results_in_one_turn: ({ api }) => `${api}では、1ステップ分のツールの結果を1つのターンにまとめます。`,
  result_name_wanted: ({ api }) => `${api}では、呼び出されたツールの名前が必要です。`,
  result_named: ({ name }) => `結果は、呼び出しの名前「${name}」で送信します。`,
  result_without_call: () => 'このIDの呼び出しがこれより前にないため、結果を名前なしで送信します。',
  result_is_text_only: () => '呼び出しの結果はテキストだけを送信します。',
  schema_in_system_text: ({ mode }) =>
    mode === null
      ? 'structured_outputの設定により、スキーマをシステムプロンプトに入れて送信します。'
      : `このモデルのstructured_outputは「${mode}」のため、スキーマをシステムプロンプトに入れて送信します。`,
  schema_not_carried: () => 'プロトコルではスキーマを送信できないため、システムプロンプトに入れます。',
  json_without_schema: () => 'structured_outputの設定により、スキーマなしのJSONとして送信します。',
  json_in_system_text: () => 'スキーマのないJSONモードがないため、システムプロンプトでJSONを求めます。',
  any_object_schema: () =>
    'このサーバーで使えるのはjson_schemaかテキストだけのため、任意のオブジェクトを許すスキーマを送信します。',
  schema_name: () => 'スキーマ名に使えるのは英数字、"_"、"-"で、64文字までです。',
  schema_place: () => 'このプロトコルでスキーマを入れる場所です。名前は付きません。',
  schema_in_format: () => 'Ollamaではツールの呼び出しを強制できないため、スキーマを`format`に入れます。',
  type_beside_schema: ({ api }) => `${api}では、スキーマと一緒に指定する必要があります。`,
  schema_as_tool: () => `このモデルでは、${asTool}`,
  schema_tool_forced: () => 'スキーマをツールとして送信し、その呼び出しを必須にします。',
  schema_tool_while_thinking: () =>
    '思考するモデルにはツールの呼び出しを強制できません。スキーマは、強制しないツールとして送信します。',
  schema_is_recursive: () => `output_config.formatでは再帰的なスキーマを使えないため、${asTool}`,
  schema_not_expressible: ({ problem }) =>
    `output_config.formatでは表せないもの(${schemaProblems[problem]})があるため、${asTool}`,
  schema_too_large: ({ kind, limit }) =>
    `output_config.formatで使える${limitedProperties[kind]}は${n(limit)}個までのため、${asTool}`,
  tool_input_is_object: () =>
    'ツールの入力は、ルートに`anyOf`、`oneOf`、`allOf`のないオブジェクトでなければなりません。',
  keyword_refused: ({ field, keyword, in_description }) =>
    `${field}では、ここに\`${keyword}\`を使えません。${in_description ? '内容は説明文に移します。' : ''}`,
  format_refused: ({ api, type }) =>
    `${api}では${type === null ? '' : `型${type}に`}この\`format\`を使えません。`,
  type_required: ({ field }) => `${field}では、ここに型の指定が必要です。`,
  type_names_in_capitals: () => 'OpenAPIのサブセットでは、型名を大文字で書きます。',
  objects_closed: ({ field }) => `${field}で使えるのは、追加のプロパティを許さないオブジェクトだけです。`,
  one_of_as_any_of: () => '`oneOf`は使えないため、`anyOf`にします。',
  all_of_one: () => 'スキーマが1つだけの`allOf`は、そのスキーマと同じです。',
  all_of_merged: () => '`allOf`は使えないため、その内容を1つにまとめます。',
  const_as_enum: () => '`const`は使えないため、値が1つの`enum`で表します。',
  one_type_only: ({ nullable }) =>
    `指定できる型は1つだけです。${nullable ? '`null`は`nullable`で表します。' : ''}`,
  null_as_nullable: () => '`null`は`nullable`で表します。',
  enum_of_several_types: () => '`enum`の値は1つの型にそろえる必要があります。',
  enum_as_text: () => '`enum`の値は文字列で書きます。',
  reference_inlined: () => '参照は使えないため、参照先の内容に置き換えます。',
  reference_unresolved: () => '再帰的な参照か、参照先のない参照のため、内容に置き換えられません。',
};
