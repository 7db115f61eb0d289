import type { RuleTexts } from '../core-texts.ts';

/** The texts of the registry's model rules and reasoning notes, by the English text. */
export const ruleTexts: RuleTexts = {
  // Rules: Claude
  'Claude 4.7 and later answer 400 to temperature, top_p and top_k.':
    'Claude 4.7 及更高版本遇到 temperature、top_p 和 top_k 会返回错误 400。',
  'From anthropic-version 2026-10-21 on, every Claude answers 400 to temperature, top_p and top_k.':
    '自 anthropic-version 2026-10-21 起，所有 Claude 遇到 temperature、top_p 和 top_k 都会返回错误 400。',
  'While this model thinks, it accepts only temperature 1.': '该模型思考时，temperature 只能为 1。',
  'While this model thinks, it does not accept top_k.': '该模型思考时不接受 top_k。',
  'This model refuses top_p together with temperature: temperature is kept.':
    '该模型不接受同时设置 top_p 和 temperature：保留 temperature。',
  'This model has no extended thinking; the field may be refused.':
    '该模型没有扩展思考，此字段可能会被拒绝。',
  'This model has no effort setting: a thinking budget sets how much it thinks.':
    '该模型没有 effort 设置：思考的多少由思考预算决定。',
  'Claude 4.6 and later refuse an assistant message as the last one: write the beginning of the reply into the instructions instead.':
    'Claude 4.6 及更高版本不接受以助手消息结尾：请改为在指令中写出回复的开头。',
  'This model refuses a forced tool_choice: let it choose ("auto"), or use a schema to get JSON.':
    '该模型不接受用 tool_choice 强制调用工具：请让模型选择（"auto"），或使用 Schema 来获取 JSON。',
  'Thinking cannot be disabled: {"type": "between_tools"} is this model\'s lowest setting; reasoning "off" sends it.':
    '思考无法关闭：{"type": "between_tools"} 是该模型的最低设置，reasoning 为 "off" 时即发送此设置。',
  'between_tools works only with effort low, medium and high.':
    'between_tools 只能与 effort "low"、"medium" 和 "high" 一起使用。',
  'This model always thinks: effort "low" is its lowest setting; reasoning "off" sends it.':
    '该模型总会思考：effort "low" 是其最低设置，reasoning 为 "off" 时即发送此设置。',
  'This model does not accept a thinking budget: effort (or reasoning) sets how much it thinks.':
    '该模型不接受思考预算：思考的多少由 effort（或 reasoning）决定。',
  'Thinking cannot be disabled together with effort xhigh or max.':
    'effort 为 "xhigh" 或 "max" 时无法关闭思考。',
  // Rules: OpenAI
  'OpenAI does not have this parameter, and answers 400 to unknown parameters.':
    'OpenAI 没有此参数，遇到未知参数会返回错误 400。',
  'Models before GPT-5 have neither effort nor verbosity.':
    'GPT-5 之前的模型既没有 effort 也没有 verbosity。',
  'This model always reasons: "low" is its lowest effort.': '该模型总会推理："low" 是其最低的 effort。',
  'This model accepts temperature, top_p and logprobs only with reasoning effort "none" (reasoning: off).':
    '该模型只有在推理 effort 为 "none"（reasoning: off）时才接受 temperature、top_p 和 logprobs。',
  'This reasoning model refuses temperature, top_p and logprobs.':
    '该推理模型不接受 temperature、top_p 和 logprobs。',
  'Reasoning models refuse penalties and logit_bias.': '推理模型不接受惩罚参数和 logit_bias。',
  'GPT-5 and later refuse an api-version of 2024: omit it (the path /openai/v1 needs none), or use a current one.':
    'GPT-5 及更高版本不接受 2024 年的 api-version：请省略（路径 /openai/v1 不需要），或使用当前的版本。',
  // Rules: Gemini
  'Gemini 4 does not accept a thinking budget: a thinking level (or reasoning) sets how much it thinks.':
    'Gemini 4 不接受思考预算：思考的多少由思考级别（或 reasoning）决定。',
  'Gemini 3 and later refuse a thinking level together with a budget: the level is kept.':
    'Gemini 3 及更高版本不接受同时设置思考级别和思考预算：保留级别。',
  'Gemini 3 and later answer 400: penalties are not enabled for these models.':
    'Gemini 3 及更高版本会返回错误 400：这些模型未启用惩罚参数。',
  'Since 3.5, Gemini ignores temperature, top_p and top_k. Google has announced that later generations refuse them.':
    '自 3.5 起，Gemini 会忽略 temperature、top_p 和 top_k。Google 已宣布之后的版本会拒绝这些参数。',
  'Deprecated and ignored by this model: omit the sampling parameters.':
    '已弃用，并会被该模型忽略：请省略采样参数。',
  'This model has no thinking level "minimal": "low" is its lowest.':
    '该模型没有思考级别 "minimal"："low" 是其最低级别。',
  'This model has no thinking level above "high".': '该模型没有高于 "high" 的思考级别。',
  // Rules: OpenRouter
  'Sonar does not accept response_format, seed or stop; OpenRouter would silently ignore it.':
    'Sonar 不接受 response_format、seed 和 stop；即使发送，OpenRouter 也会在不提示的情况下忽略。',
  'Sonar does not accept tools, and OpenRouter would silently remove them.':
    'Sonar 不接受工具；即使发送，OpenRouter 也会在不提示的情况下将其去掉。',
  'This model no longer accepts it; OpenRouter would silently ignore it.':
    '该模型不再接受此项；即使发送，OpenRouter 也会在不提示的情况下忽略。',
  // Reasoning notes
  'this model always thinks: effort "low" is its lowest setting':
    '该模型总会思考：effort "low" 是其最低设置。',
  'this model always thinks: effort "minimal" is its lowest setting':
    '该模型总会思考：effort "minimal" 是其最低设置。',
  'this model always thinks: level "low" is its lowest setting': '该模型总会思考：级别 "low" 是其最低设置。',
  'this model always thinks: level "minimal" is its lowest setting':
    '该模型总会思考：级别 "minimal" 是其最低设置。',
  'this model always thinks: a budget of 128 tokens is its lowest setting':
    '该模型总会思考：128 个 token 的预算是其最低设置。',
  'thinking cannot be disabled here: between_tools is the lowest setting':
    '此处无法关闭思考：between_tools 是最低设置。',
  'the levels of this model are none, low, high and max': '该模型的级别为 "none"、"low"、"high" 和 "max"。',
  'the levels of this model are none and high': '该模型的级别为 "none" 和 "high"。',
  'this model does not think, so nothing is sent': '该模型不会思考，因此不发送任何内容。',
  'this model does not think': '该模型不会思考。',
  'this model has no levels: thinking is on or off': '该模型没有级别：只能开启或关闭思考。',
  'a local model has no levels: thinking is on or off': '本地模型没有级别：只能开启或关闭思考。',
  'for this model, the level is sent as a thinking budget in tokens':
    '对于该模型，级别以 token 数表示的思考预算发送。',
};
