import type { RuleTexts } from '../core-texts.ts';

/** The texts of the registry's model rules and reasoning notes, by the English text. */
export const ruleTexts: RuleTexts = {
  // Rules: Claude
  'Claude 4.7 and later answer 400 to temperature, top_p and top_k.':
    'Claude 4.7以降は、temperature、top_p、top_kを指定するとエラー400を返します。',
  'From anthropic-version 2026-10-21 on, every Claude answers 400 to temperature, top_p and top_k.':
    'anthropic-version 2026-10-21以降では、どのClaudeもtemperature、top_p、top_kを指定するとエラー400を返します。',
  'While this model thinks, it accepts only temperature 1.':
    '思考がオンの間、このモデルのtemperatureに指定できる値は1だけです。',
  'While this model thinks, it does not accept top_k.':
    '思考がオンの間、このモデルではtop_kを指定できません。',
  'This model refuses top_p together with temperature: temperature is kept.':
    'このモデルではtop_pとtemperatureを同時に指定できません。temperatureを残します。',
  'This model has no extended thinking; the field may be refused.':
    'このモデルは拡張思考に対応していません。このフィールドは拒否される可能性があります。',
  'This model has no effort setting: a thinking budget sets how much it thinks.':
    'このモデルにeffortの設定はありません。思考の量は思考の予算で決まります。',
  'Claude 4.6 and later refuse an assistant message as the last one: write the beginning of the reply into the instructions instead.':
    'Claude 4.6以降では、最後のメッセージをアシスタントのものにできません。応答の書き出しは指示の中に書いてください。',
  'This model refuses a forced tool_choice: let it choose ("auto"), or use a schema to get JSON.':
    'このモデルではtool_choiceでツールを強制できません。モデルに選ばせる("auto")か、スキーマを使ってJSONを受け取ってください。',
  'Thinking cannot be disabled: {"type": "between_tools"} is this model\'s lowest setting; reasoning "off" sends it.':
    '思考はオフにできません。このモデルの最も低い設定は{"type": "between_tools"}で、reasoningを"off"にすると送信されます。',
  'between_tools works only with effort low, medium and high.':
    'between_toolsは、effortが"low"、"medium"、"high"のときだけ使えます。',
  'This model always thinks: effort "low" is its lowest setting; reasoning "off" sends it.':
    'このモデルは必ず思考します。最も低い設定はeffort "low"で、reasoningを"off"にすると送信されます。',
  'This model does not accept a thinking budget: effort (or reasoning) sets how much it thinks.':
    'このモデルでは思考の予算を指定できません。思考の量はeffort(またはreasoning)で決まります。',
  'Thinking cannot be disabled together with effort xhigh or max.':
    'effortが"xhigh"または"max"のとき、思考はオフにできません。',
  // Rules: OpenAI
  'OpenAI does not have this parameter, and answers 400 to unknown parameters.':
    'OpenAIにこのパラメーターはありません。不明なパラメーターを指定するとエラー400を返します。',
  'Models before GPT-5 have neither effort nor verbosity.':
    'GPT-5より前のモデルに、effortとverbosityはありません。',
  'This model always reasons: "low" is its lowest effort.':
    'このモデルは必ず推論します。最も低いeffortは"low"です。',
  'This model accepts temperature, top_p and logprobs only with reasoning effort "none" (reasoning: off).':
    'このモデルでtemperature、top_p、logprobsを指定できるのは、推論のeffortが"none"(reasoning: off)のときだけです。',
  'This reasoning model refuses temperature, top_p and logprobs.':
    'この推論モデルでは、temperature、top_p、logprobsを指定できません。',
  'Reasoning models refuse penalties and logit_bias.':
    '推論モデルでは、ペナルティとlogit_biasを指定できません。',
  'GPT-5 and later refuse an api-version of 2024: omit it (the path /openai/v1 needs none), or use a current one.':
    'GPT-5以降では、2024年のapi-versionを使えません。省略するか(パス/openai/v1では不要です)、現行のものを指定してください。',
  // Rules: Gemini
  'Gemini 4 does not accept a thinking budget: a thinking level (or reasoning) sets how much it thinks.':
    'Gemini 4では思考の予算を指定できません。思考の量は思考レベル(またはreasoning)で決まります。',
  'Gemini 3 and later refuse a thinking level together with a budget: the level is kept.':
    'Gemini 3以降では、思考レベルと思考の予算を同時に指定できません。レベルを残します。',
  'Gemini 3 and later answer 400: penalties are not enabled for these models.':
    'Gemini 3以降はエラー400を返します。これらのモデルではペナルティが有効になっていません。',
  'Since 3.5, Gemini ignores temperature, top_p and top_k. Google has announced that later generations refuse them.':
    'Gemini 3.5以降は、temperature、top_p、top_kを無視します。Googleは、以降の世代では拒否されると発表しています。',
  'Deprecated and ignored by this model: omit the sampling parameters.':
    '非推奨で、このモデルでは無視されます。サンプリングのパラメーターは省略してください。',
  'This model has no thinking level "minimal": "low" is its lowest.':
    'このモデルに思考レベル"minimal"はありません。最も低いレベルは"low"です。',
  'This model has no thinking level above "high".': 'このモデルに"high"より高い思考レベルはありません。',
  // Rules: OpenRouter
  'Sonar does not accept response_format, seed or stop; OpenRouter would silently ignore it.':
    'Sonarではresponse_format、seed、stopを指定できません。送信しても、OpenRouterが通知なしに無視します。',
  'Sonar does not accept tools, and OpenRouter would silently remove them.':
    'Sonarではツールを使えません。送信しても、OpenRouterが通知なしに取り除きます。',
  'This model no longer accepts it; OpenRouter would silently ignore it.':
    'このモデルではもう指定できません。送信しても、OpenRouterが通知なしに無視します。',
  // Reasoning notes
  'this model always thinks: effort "low" is its lowest setting':
    'このモデルは必ず思考します。最も低い設定はeffort "low"です。',
  'this model always thinks: effort "minimal" is its lowest setting':
    'このモデルは必ず思考します。最も低い設定はeffort "minimal"です。',
  'this model always thinks: level "low" is its lowest setting':
    'このモデルは必ず思考します。最も低い設定はレベル"low"です。',
  'this model always thinks: level "minimal" is its lowest setting':
    'このモデルは必ず思考します。最も低い設定はレベル"minimal"です。',
  'this model always thinks: a budget of 128 tokens is its lowest setting':
    'このモデルは必ず思考します。最も低い設定は128トークンの予算です。',
  'thinking cannot be disabled here: between_tools is the lowest setting':
    'ここでは思考をオフにできません。最も低い設定はbetween_toolsです。',
  'the levels of this model are none, low, high and max':
    'このモデルのレベルは"none"、"low"、"high"、"max"です。',
  'the levels of this model are none and high': 'このモデルのレベルは"none"と"high"です。',
  'this model does not think, so nothing is sent': 'このモデルは思考しないため、何も送信しません。',
  'this model does not think': 'このモデルは思考しません。',
  'this model has no levels: thinking is on or off':
    'このモデルにレベルはありません。思考はオンかオフだけです。',
  'a local model has no levels: thinking is on or off':
    'ローカルのモデルにレベルはありません。思考はオンかオフだけです。',
  'for this model, the level is sent as a thinking budget in tokens':
    'このモデルでは、レベルをトークン数による思考の予算として送信します。',
};
