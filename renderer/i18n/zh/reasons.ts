import { formatCount } from '../../ui/format.ts';
import { ruleTextIn, type ReasonTexts } from '../core-texts.ts';
import { ruleTexts } from './rule-texts.ts';

const n = formatCount;
const features = {
  end_user_id: '最终用户 ID',
  metadata: '元数据',
  labels: '标签',
  logit_bias: '对数几率偏置',
  service_tiers: '服务等级',
  storage: '存储回复',
  detail_levels: '图片细节级别',
  strict_functions: '函数的严格模式',
};
const schemaProblems = {
  anything: '允许任何值的 Schema',
  other_document: '对其他文档的引用',
  all_of: '`allOf`',
  one_of_beside_any_of: '与 `anyOf` 并用的 `oneOf`',
  any_of_beside_rules: '与其他规则并用的 `anyOf`',
  open_keys: '由模型决定键名的对象',
  list_of_anything: '未规定元素类型的列表',
  enum_of_objects: '以对象为值的 `enum`',
};
const limitedProperties = { optional: '可选属性', union: '具有多种类型的属性' };
/** A space stands between Latin letters and Chinese, but not inside Chinese. */
const named = (api: string | null, otherwise: string) => (api === null ? otherwise : `${api} `);
const asTool = '因此将 Schema 作为工具发送。';

export const reasons: ReasonTexts = {
  model_rule: ({ text }) => ruleTextIn(ruleTexts, text),
  value_out_of_range: ({ model, param, min, max, value }) =>
    `${model} 的 ${param} 取值范围为 ${min ?? '无下限'} 至 ${max ?? '无上限'}；${value} 超出范围，不会发送。`,
  parameters_refused: ({ model, params }) => `${model} 不接受以下参数：${params}`,
  parameters_conflict: ({ model, params, omit }) =>
    `${model} 不接受同时设置以下参数：${params}。已省略 ${omit}。`,
  renamed_by_rule: ({ model, param, to, set_too }) =>
    `${model} 中，${param} 以 ${to} 的名称发送。${set_too ? `由于也设置了 ${to}，以后者为准。` : ''}`,
  value_replaced: ({ model, param, value }) => `${model} 的 ${param} 没有“${value}”这个值。`,
  unknown_level: ({ level, levels }) => `没有“${level}”这个推理级别。请使用以下之一：${levels}`,
  reasoning_unknown: ({ model }) => `${model} 的推理参数未知，请使用其提供商自己的字段。`,
  reasoning_impossible: ({ model }) => `无法为 ${model} 指定此推理级别。`,
  no_room_to_think: () => 'max_tokens 太小，没有留给思考的余地。',
  reasoning_note: ({ text }) => ruleTextIn(ruleTexts, text),
  reasoning_translated: ({ model, level }) => `${model} 的推理级别“${level}”以此形式发送。`,
  value_unknown: ({ values }) => `请使用以下之一：${values}`,
  no_schema: () => '该请求没有 Schema。',
  forced_tool_refused: ({ asked, how }) =>
    `该模型不接受强制调用工具，因此不能使用“${asked}”。${how === null ? '' : `Schema 将以“${how}”方式发送。`}`,
  context_enlarged: ({ tokens, context }) =>
    `提示词约有 ${n(tokens)} 个 token，而 Ollama 默认只读取 ${n(context)} 个，因此扩大上下文（提供商的设置 allow_num_ctx）。`,
  set_in_request: ({ field }) => `请使用请求本身的 \`${field}\` 设置。`,
  filled_by_messages: () => '该字段由消息填充，请将文本放入 `messages`。',
  filled_by_system_messages: () => '该字段由消息填充，请使用角色为 "system" 的消息。',
  overridden_later: ({ param }) => `之后设置的“${param}”作用相同，以后者为准。`,
  set_twice: () => '设置了两次，发送后设置的值。',
  set_twice_in_options: () => '设置了两次，发送 `options` 之外的值。',
  own_parameter_set: ({ param }) => `也设置了提供商自己的参数 \`${param}\`，以后者为准。`,
  schema_set: () => '也设置了 Schema，以 Schema 为准。如需使用此项，请用 `schema: null` 关闭 Schema。',
  overridden_by: ({ param }) => `也设置了 ${param}，以其为准。如需使用此项，请去掉 ${param}。`,
  reply_must_be_json: ({ param, as_tool }) =>
    `也设置了 ${param}，回复必须是${as_tool ? '由函数调用返回的' : ''} JSON。`,
  settled_by_tool_choice: () => '`tool_choice` 已经决定了这一点。',
  not_a_parameter_name: () => '不能用作参数名。',
  not_a_parameter: () => '该协议没有此参数。',
  unknown_field: ({ api }) => `${api} 的 API 没有此字段。可以通过 \`provider_options.body\` 发送。`,
  no_such_feature: ({ api, feature }) => `${named(api, '该提供商')}不支持${features[feature]}。`,
  no_repetition_penalty: () => 'Gemini 没有重复惩罚；较旧的模型可使用 frequency_penalty。',
  use_instead: ({ api, param, instead }) => `${api} 没有 ${param}。可改用：${instead}`,
  other_providers_form: ({ instead }) => `这是其他提供商的形式。可改用：${instead}`,
  old_name: ({ instead }) => `这是旧名称，请使用 \`${instead}\`。`,
  one_reply: ({ api }) => `${api} 每次调用只给出一个回复。如需多个回复，请多次发送。`,
  usage_always_reported: ({ api }) => `${api} 的流总会报告 token 数，无需此项。`,
  usage_on_request: () => '流只有在要求时才报告 token 数。',
  no_streaming: () => '该协议不支持流式传输：整个回复会作为一个增量一次性到达。',
  only_with: ({ param }) => `只能与 \`${param}\` 一起使用。`,
  plain_text_is_default: ({ api }) => `${api} 接受 json_object 和 json_schema；不指定时即为纯文本。`,
  format_unknown: () => '该协议没有这种格式。纯文本无需指定，Schema 请放入 `schema`。',
  max_tokens_required: () => '该协议要求 max_tokens，但未设置。',
  stop_of_blanks: () => '该协议不接受只含空白的停止序列，请使用可见的文本。',
  effort_unknown: ({ efforts }) =>
    `该协议可用的值为 ${efforts}；如需关闭，请使用 \`thinking: {type: "disabled"}\`。`,
  no_effort_none: () => 'Gemini 没有 "none" 级别。对于可以停止思考的模型，请将 thinking_budget 设为 0。',
  use_thinking: () => '在该协议中请使用 `thinking` 或 `reasoning_effort`。',
  use_thinking_type: () =>
    '在该协议中请使用 `thinking: {type: "adaptive"}`；较旧的模型使用 `{type: "enabled", budget_tokens}`。',
  own_name: ({ api }) => `这是 ${api} 中的名称。`,
  own_form: ({ api }) => `这是 ${api} 中的形式。`,
  takes_list: ({ api }) => `${api} 要求使用列表。`,
  own_name_of_list: ({ api }) => `这是 ${api} 中的名称，其值为列表。`,
  own_name_without_blanks: ({ api }) => `这是 ${api} 中的名称；只含空白的停止序列不被接受，已省略。`,
  user_in_metadata: () => '该协议将用户放在 `metadata` 中。',
  inverted_flag: () => '该协议用含义相反的标志表示。',
  sent_as_header: () => '该协议以标头发送此项。',
  unknown_message_field: ({ api }) => `${api} 的消息没有此字段。`,
  no_message_name: () => '该协议的消息没有名称，请将其写入文本。',
  cache_control_on_part: () => '请将其放在消息内容的某个部分上。',
  reasoning_as_thinking_part: () => '推理内容应作为带签名的 `thinking` 部分发回。',
  no_developer_role: ({ api }) => `${named(api, '该服务器')}不支持 "developer" 角色。`,
  system_sent_as_user: () => '该协议不接受只有系统消息的对话，因此最后一条作为用户消息发送。',
  system_outside_messages: ({ api, joined }) =>
    `${api} 将系统消息${joined ? '按顺序合并，' : ''}放在对话之外。`,
  system_moved_to_front: ({ api }) =>
    `${api} 只在对话之前有一段系统提示词；这条消息原本在对话中间，已移到前面。`,
  system_is_text_only: () => '系统提示词只能包含文本，请使用用户消息。',
  system_fields_dropped: ({ api }) => `${api} 只接受系统消息的文本。`,
  empty_turn: () => '该 API 不接受空的助手轮次，已省略。',
  empty_text: () => '该协议不接受空的文本块，已省略。',
  one_text: ({ api }) => `${api} 的每条消息只能有一段文本，因此合并为一段。`,
  part_not_carried: ({ api, type }) => `只能向 ${api} 发送文本和图片，不能发送“${type}”。`,
  no_audio: () => '该协议的模型都不支持音频，请以文本发送其转写内容。',
  refusal_as_text: () => '该协议没有表示拒绝的块，请以文本发送。',
  no_image_detail: () => '该协议不能指定图片的细节级别，请在发送前缩放图片。',
  image_as_data_url: ({ api }) => `${api} 不会从网址获取图片，请以 base64 的 \`data:\` URL 提供。`,
  data_url_not_base64: () => '`data:` URL 必须使用 base64。',
  pdf_only: () => '只能发送 `data:` URL 形式的 PDF；其他文件请使用 `document` 块。',
  tools_not_a_list: () => '必须是工具的列表。',
  not_a_function: ({ api, own }) =>
    own ? `既不是函数，也不是 ${api} 自有形式的工具。` : `${api} 只接受函数形式的工具。`,
  no_tool_left: ({ api, own }) =>
    own ? `其中既没有函数，也没有 ${api} 自有的工具。` : `其中没有 ${api} 可以使用的函数。`,
  free_text_tool: () => '自由文本工具是 OpenAI 特有的；请加上 `parameters`，改为函数工具。',
  unknown_tool_field: () => '该协议的工具没有此字段。',
  tool_choice_by_model: ({ api }) => `${api} 由模型选择工具；如不需要调用，请去掉 \`tools\`。`,
  tool_choice_unknown: () => 'Gemini 没有这个选项，请使用 "auto"、"none"、"required" 或某个函数。',
  tool_choice_modes: () => '该服务器只接受 "none"、"auto" 和 "required"。',
  parallel_calls_by_model: ({ api }) => `${api} 由模型决定一次调用多少个工具。`,
  not_a_function_call: () => '不是函数工具的调用；该协议只支持函数工具的调用。',
  calls_in_turn: () => '该协议将调用作为助手轮次中的块发送。',
  arguments_not_object: ({ api }) => `${api} 要求参数为对象，而这里的参数不是对象。`,
  arguments_kept_as_text: () => '参数不是该协议要求的 JSON 对象，因此保留为文本。',
  signature_missing: () => '该调用没有签名（extra_content），而 Gemini 3 拒绝没有签名的调用。',
  results_in_one_turn: ({ api }) => `${api} 将同一步的工具结果放在一个轮次中。`,
  result_name_wanted: ({ api }) => `${api} 需要被调用工具的名称。`,
  result_named: ({ name }) => `结果以该调用的名称“${name}”发送。`,
  result_without_call: () => '之前没有此 ID 的调用，因此结果不带名称发送。',
  result_is_text_only: () => '调用的结果只以文本发送。',
  schema_in_system_text: ({ mode }) =>
    mode === null
      ? '按照 structured_output 的设置，Schema 放入系统提示词发送。'
      : `该模型的 structured_output 为“${mode}”，因此 Schema 放入系统提示词发送。`,
  schema_not_carried: () => '协议无法发送 Schema，因此将其写入系统提示词。',
  json_without_schema: () => '按照 structured_output 的设置，以不带 Schema 的 JSON 发送。',
  json_in_system_text: () => '没有不带 Schema 的 JSON 模式，因此在系统提示词中要求 JSON。',
  any_object_schema: () => '该服务器只接受 json_schema 或文本，因此发送允许任意对象的 Schema。',
  schema_name: () => 'Schema 名称只能包含字母、数字、"_" 和 "-"，最多 64 个字符。',
  schema_place: () => '这是该协议放置 Schema 的位置，不带名称。',
  schema_in_format: () => 'Ollama 不能强制调用工具，因此将 Schema 放入 `format`。',
  type_beside_schema: ({ api }) => `${api} 要求与 Schema 一起指定此项。`,
  schema_as_tool: () => '对于该模型，Schema 作为工具发送。',
  schema_tool_forced: () => 'Schema 作为工具发送，且必须调用该工具。',
  schema_tool_while_thinking: () => '模型思考时不能强制调用工具；Schema 作为不强制的工具发送。',
  schema_is_recursive: () => `output_config.format 不接受递归的 Schema，${asTool}`,
  schema_not_expressible: ({ problem }) =>
    `output_config.format 无法表达其中的内容（${schemaProblems[problem]}），${asTool}`,
  schema_too_large: ({ kind, limit }) =>
    `output_config.format 最多接受 ${n(limit)} 个${limitedProperties[kind]}，${asTool}`,
  tool_input_is_object: () => '工具的输入必须是根部没有 `anyOf`、`oneOf`、`allOf` 的对象。',
  keyword_refused: ({ field, keyword, in_description }) =>
    `${field} 在此处不接受 \`${keyword}\`${in_description ? '，其内容已移到描述中' : ''}。`,
  format_refused: ({ api, type }) =>
    `${api} ${type === null ? '' : `的 ${type} 类型`}不接受这个 \`format\`。`,
  type_required: ({ field }) => `${field} 要求在此处指定类型。`,
  type_names_in_capitals: () => '在 OpenAPI 子集中，类型名称使用大写。',
  objects_closed: ({ field }) => `${field} 只接受不允许额外属性的对象。`,
  one_of_as_any_of: () => '不支持 `oneOf`，因此改为 `anyOf`。',
  all_of_one: () => '只含一个 Schema 的 `allOf` 等同于该 Schema。',
  all_of_merged: () => '不支持 `allOf`，因此将其各部分合并。',
  const_as_enum: () => '不支持 `const`，因此用只有一个值的 `enum` 表示。',
  one_type_only: ({ nullable }) => `只能指定一种类型。${nullable ? '`null` 用 `nullable` 表示。' : ''}`,
  null_as_nullable: () => '`null` 用 `nullable` 表示。',
  enum_of_several_types: () => '`enum` 的值必须属于同一类型。',
  enum_as_text: () => '`enum` 的值写为字符串。',
  reference_inlined: () => '不支持引用，因此替换为所引用的内容。',
  reference_unresolved: () => '该引用是递归的，或没有引用目标，无法替换为其内容。',
};
