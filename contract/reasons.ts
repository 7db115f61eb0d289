import { z } from 'zod';

const text = z.string();
const count = z.number();
const orNull = text.nullable();
const none = z.object({});
/** Whose API it is (`Ollama`). */
const api = text;

/** A model rule: its id for `ignore_rules`, and whether a live call is refused for it. */
const ruled = { rule: text, blocks: z.boolean() };

/** The codes of model rules. A rule that drops a parameter is its reason, any other gives a warning. */
export const ruleValues = {
  /** A rule with a text of its own, in English. */
  model_rule: z.object({ ...ruled, text }),
  value_out_of_range: z.object({
    ...ruled,
    model: text,
    param: text,
    min: count.nullable(),
    max: count.nullable(),
    value: count,
  }),
  parameters_refused: z.object({ ...ruled, model: text, params: text }),
  parameters_conflict: z.object({ ...ruled, model: text, params: text, omit: text }),
};

/** Why a parameter was dropped or a value rewritten, by its code: the values that the text contains. */
export const reasonValues = {
  // Model rules
  ...ruleValues,
  /** `set_too`: the name `to` is set as well, so `param` is dropped. */
  renamed_by_rule: z.object({ model: text, param: text, to: text, set_too: z.boolean() }),
  value_replaced: z.object({ model: text, param: text, value: text }),
  // The panel's own parameters: reasoning, structured_output
  unknown_level: z.object({ level: text, levels: text }),
  reasoning_unknown: z.object({ model: text }),
  reasoning_impossible: z.object({ model: text }),
  no_room_to_think: none,
  /** A note of the registry about this level, in English. */
  reasoning_note: z.object({ text }),
  reasoning_translated: z.object({ model: text, level: text }),
  value_unknown: z.object({ values: text }),
  no_schema: none,
  forced_tool_refused: z.object({ asked: text, how: orNull }),
  context_enlarged: z.object({ tokens: count, context: count }),
  // Two names for one thing
  set_in_request: z.object({ field: text }),
  filled_by_messages: none,
  filled_by_system_messages: none,
  /** `param` means the same, and was set later. */
  overridden_later: z.object({ param: text }),
  set_twice: none,
  set_twice_in_options: none,
  /** The API's own parameter `param` is set too. */
  own_parameter_set: z.object({ param: text }),
  schema_set: none,
  /** `param` is set too, and wins. */
  overridden_by: z.object({ param: text }),
  /** `as_tool`: the JSON is the input of a function call. */
  reply_must_be_json: z.object({ param: text, as_tool: z.boolean() }),
  settled_by_tool_choice: none,
  // What an API does not have
  not_a_parameter_name: none,
  not_a_parameter: none,
  /** `provider_options.body` can still send it. */
  unknown_field: z.object({ api }),
  no_such_feature: z.object({
    /** null: the provider of an embedding. */
    api: orNull,
    feature: z.enum([
      'end_user_id',
      'metadata',
      'labels',
      'logit_bias',
      'service_tiers',
      'storage',
      'detail_levels',
      'strict_functions',
    ]),
  }),
  no_repetition_penalty: none,
  use_instead: z.object({ api, param: text, instead: text }),
  other_providers_form: z.object({ instead: text }),
  old_name: z.object({ instead: text }),
  one_reply: z.object({ api }),
  usage_always_reported: z.object({ api }),
  usage_on_request: none,
  no_streaming: none,
  only_with: z.object({ param: text }),
  plain_text_is_default: z.object({ api }),
  format_unknown: none,
  max_tokens_required: none,
  stop_of_blanks: none,
  effort_unknown: z.object({ efforts: text }),
  no_effort_none: none,
  use_thinking: none,
  use_thinking_type: none,
  // Other names and forms of the same
  own_name: z.object({ api }),
  own_form: z.object({ api }),
  takes_list: z.object({ api }),
  own_name_of_list: z.object({ api }),
  own_name_without_blanks: z.object({ api }),
  user_in_metadata: none,
  inverted_flag: none,
  sent_as_header: none,
  // Messages
  unknown_message_field: z.object({ api }),
  no_message_name: none,
  cache_control_on_part: none,
  reasoning_as_thinking_part: none,
  no_developer_role: z.object({ api: orNull }),
  system_sent_as_user: none,
  /** `joined`: all of them together, in order. */
  system_outside_messages: z.object({ api, joined: z.boolean() }),
  system_moved_to_front: z.object({ api }),
  system_is_text_only: none,
  system_fields_dropped: z.object({ api }),
  empty_turn: none,
  empty_text: none,
  one_text: z.object({ api }),
  part_not_carried: z.object({ api, type: text }),
  no_audio: none,
  refusal_as_text: none,
  no_image_detail: none,
  image_as_data_url: z.object({ api }),
  data_url_not_base64: none,
  pdf_only: none,
  // Tools and their calls
  tools_not_a_list: none,
  /** `own`: the API also takes tools in its own form. */
  not_a_function: z.object({ api, own: z.boolean() }),
  no_tool_left: z.object({ api, own: z.boolean() }),
  free_text_tool: none,
  unknown_tool_field: none,
  tool_choice_by_model: z.object({ api }),
  tool_choice_unknown: none,
  tool_choice_modes: none,
  parallel_calls_by_model: z.object({ api }),
  not_a_function_call: none,
  calls_in_turn: none,
  arguments_not_object: z.object({ api }),
  arguments_kept_as_text: none,
  signature_missing: none,
  results_in_one_turn: z.object({ api }),
  result_name_wanted: z.object({ api }),
  result_named: z.object({ name: text }),
  result_without_call: none,
  result_is_text_only: none,
  // How the schema is sent
  /** `mode`: the value of `structured_output`, if it is known. */
  schema_in_system_text: z.object({ mode: orNull }),
  schema_not_carried: none,
  json_without_schema: none,
  json_in_system_text: none,
  any_object_schema: none,
  schema_name: none,
  schema_place: none,
  schema_in_format: none,
  type_beside_schema: z.object({ api }),
  schema_as_tool: none,
  schema_tool_forced: none,
  schema_tool_while_thinking: none,
  schema_is_recursive: none,
  schema_not_expressible: z.object({
    problem: z.enum([
      'anything',
      'other_document',
      'all_of',
      'one_of_beside_any_of',
      'any_of_beside_rules',
      'open_keys',
      'list_of_anything',
      'enum_of_objects',
    ]),
  }),
  schema_too_large: z.object({ kind: z.enum(['optional', 'union']), limit: count }),
  // Changes inside a schema
  tool_input_is_object: none,
  keyword_refused: z.object({ field: text, keyword: text, in_description: z.boolean() }),
  format_refused: z.object({ api, type: orNull }),
  type_required: z.object({ field: text }),
  type_names_in_capitals: none,
  objects_closed: z.object({ field: text }),
  one_of_as_any_of: none,
  all_of_one: none,
  all_of_merged: none,
  const_as_enum: none,
  one_type_only: z.object({ nullable: z.boolean() }),
  null_as_nullable: none,
  enum_of_several_types: none,
  enum_as_text: none,
  reference_inlined: none,
  reference_unresolved: none,
} as const;

export type ReasonCode = keyof typeof reasonValues;
export type ReasonValues = { [C in ReasonCode]: z.infer<(typeof reasonValues)[C]> };
/** A reason as the core gives it; `message` is in English. */
export type Reason<C extends ReasonCode = ReasonCode> = {
  [K in C]: { code: K; message: string; values: ReasonValues[K] };
}[C];

export const reasonCodes = Object.keys(reasonValues) as [ReasonCode, ...ReasonCode[]];

/** The code and values of a reason, so that a program can translate it. */
export const reasonDetail = z.object({
  code: z.enum(reasonCodes),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type ReasonDetail = z.infer<typeof reasonDetail>;
