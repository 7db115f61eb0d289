import { formatCount, formatExactUsd, formatPrice } from '../../ui/format.ts';
import { ruleTextIn } from '../core-texts.ts';
import type { WarningTexts } from '../core-texts.ts';
import { ruleTexts } from './rule-texts.ts';

const n = formatCount;
const successorText = (successor: string | null) =>
  successor === null ? '' : `後継モデルは${successor}です。`;
const replacedStatus = {
  deprecated: (day: string | null) =>
    day === null ? '提供終了が予定されています' : `${day}に提供終了の予定です`,
  never_released: () => '公開されていません',
  gone: (day: string | null) => (day === null ? '提供を終了しています' : `${day}に提供を終了しました`),
};
/** Names the rule that a live call is refused for, so that it can be ignored. */
const ruled = (text: string, { rule, blocks }: { rule: string; blocks: boolean }) =>
  blocks ? `${text}(ルール${rule})` : text;
const inDays = (days: number) => (days <= 0 ? '今日' : days === 1 ? '明日' : `${n(days)}日後`);
const priceText = (input: number, output: number) => `入力${formatPrice(input)}、出力${formatPrice(output)}`;
const costProblems = {
  impossible: 'コストとしてあり得ない値です',
  zero: '有料のモデルなのに0です',
  too_high: 'この呼び出しのコストとしては高すぎます',
};

export const warnings: WarningTexts = {
  unlisted_model: ({ model, provider }) =>
    `レジストリの${provider}に「${model}」はありません。このIDのまま送信します。`,
  preset_replaced: ({ module, preset, model, status, shutdown, replacement }) =>
    `${model}(${preset})は${replacedStatus[status](shutdown)}。${
      replacement === null
        ? `${module}には、代わりに使えるプリセットがありません。`
        : `${module}では代わりに${replacement}を使用します。`
    }`,
  model_retired: ({ model, shutdown, successor }) =>
    `${model}は${replacedStatus.gone(shutdown)}。${successorText(successor)}`,
  model_never_released: ({ model, successor }) =>
    `${model}は${replacedStatus.never_released()}。${successorText(successor)}`,
  model_deprecated: ({ model, shutdown, successor }) =>
    `${model}は${replacedStatus.deprecated(shutdown)}。${successorText(successor)}`,
  model_ends: ({ model, date, days, module, preset, heir }) =>
    `${model}は${date}(${inDays(days)})に提供を終了します。${
      preset === null
        ? `それまでに、${module}の別のプリセットを選んでください。`
        : `その後、${module}では${preset}${heir === null ? '' : `(${heir})`}を使用します。`
    }`,
  default_model_ends: ({ model, date, days, successor }) =>
    `ComfyVNのレジストリファイル: ${model}は${date}(${inDays(days)})に提供を終了します。${successorText(successor)}`,
  end_dates_differ: ({ model, ends }) =>
    `${model}の終了日は情報源によって異なります: ${ends}。お使いのデプロイのページで確認してください。`,
  price_will_change: ({ model, date, input, output, input_before, output_before }) =>
    `${date}から、${model}の料金は100万トークンあたり${priceText(input, output)}になります(現在は${priceText(input_before, output_before)})。`,
  price_changed: ({ model, provider, date, input, output, input_before, output_before }) =>
    `${provider}の${date}の一覧では、${model}の料金は100万トークンあたり${priceText(input, output)}です(以前は${priceText(input_before, output_before)})。`,
  model_missing: ({ model, provider, date }) =>
    `${provider}の${date}の一覧に${model}がありません。呼び出しは送信されますが、失敗する可能性があります。`,
  unknown_provider: ({ provider }) => `「${provider}」というプロバイダーは現在ありません。`,
  rule_ignored: ({ rule }) => `ignore_rulesの指定により、ルール「${rule}」を無視します。`,
  unknown_rule: ({ rule, model }) => `ignore_rules: ${model}に適用されるルール「${rule}」はありません。`,
  model_rule: ({ text, ...rule }) => ruled(`モデルのルール: ${ruleTextIn(ruleTexts, text)}`, rule),
  value_out_of_range: ({ model, param, min, max, value, ...rule }) =>
    ruled(
      `${model}の${param}の範囲は${min ?? '下限なし'}〜${max ?? '上限なし'}です。${value}をそのまま送信します。`,
      rule,
    ),
  parameters_refused: ({ model, params, ...rule }) =>
    ruled(`${model}では次のパラメーターを使えません: ${params}`, rule),
  parameters_conflict: ({ model, params, omit, ...rule }) =>
    ruled(`${model}では次のパラメーターを同時に指定できません: ${params}。${omit}を除外してください。`, rule),
  message_part_dropped: ({ part, reason }) => `${part}は送信されません: ${reason}`,
  prompt_exceeds_context: ({ model, tokens, context }) =>
    `プロンプトは約${n(tokens)}トークンで、${model}のコンテキスト(${n(context)})を超えています。拒否されるか、一部が切り捨てられます。`,
  reply_exceeds_context: ({ model, tokens, reply, context }) =>
    `プロンプト(約${n(tokens)}トークン)と応答(最大${n(reply)}トークン)の合計が、${model}のコンテキスト(${n(context)})を超えています。`,
  ollama_num_ctx_too_small: ({ tokens, context }) =>
    `プロンプトは約${n(tokens)}トークンですが、num_ctxは${n(context)}です。Ollamaが通知なしに先頭を切り捨てる可能性があります。`,
  ollama_context_too_small: ({ tokens, context, can_raise }) =>
    `プロンプトは約${n(tokens)}トークンですが、Ollamaが読むのは既定で${n(context)}トークンまでのため、通知なしに先頭が切り捨てられる可能性があります。${
      can_raise ? 'num_ctxを設定するか、プロバイダーの設定allow_num_ctxをtrueにしてください。' : ''
    }`,
  first_of_several_requests: ({ requests, texts }) =>
    `${n(requests)}件のリクエストの1件目です。1件に含められるテキストは最大${n(texts)}件です。`,
  no_provider_named: () => 'プロバイダーの指定がないため、スタブが応答しました。',
  stub_answered: ({ provider }) => `「${provider}」というプロバイダーがないため、スタブが応答しました。`,
  paid_provider_not_called: ({ provider }) =>
    `${provider}は有料のため、何も送信していません。送信するには、live: trueを指定するか、プロバイダーの設定test_callを"live"にしてください。`,
  provider_switched_off: ({ provider }) => `${provider}はオフのため、何も送信していません。`,
  prompt_cut_by_server: ({ reported, sent }) =>
    `約${n(sent)}トークンを送信しましたが、プロバイダーの集計は${n(reported)}トークンでした。サーバーがコンテキストに収まるようにプロンプトを切り捨てたと考えられます。`,
  reply_cut: ({ tokens }) =>
    `応答が上限${tokens === null ? '' : `(${n(tokens)}トークン)`}で打ち切られました。max_tokensを増やしてください。`,
  reply_from_reasoning: () => '応答が空だったため、モデルの推論の中にあったJSONを応答として使いました。',
  key_refused: ({ provider, key, status }) =>
    `${provider}がAPIキー${key}を拒否しました${status === null ? '' : `(HTTP ${status})`}。このキーの使用を停止します。`,
  usage_replaced: ({ reported_prompt, reported_reply, prompt, reply }) =>
    `プロバイダーの報告(プロンプト${n(reported_prompt)}、応答${n(reported_reply)}トークン)が送受信の内容と合わないため、プロンプト${n(prompt)}、応答${n(reply)}トークンとして計算します。`,
  cost_replaced: ({ usd, problem }) =>
    `プロバイダーが報告したコスト${usd === null ? '' : `(${usd} USD)`}は、${costProblems[problem]}。パネルの計算値を使います。`,
  charges_not_reported: () =>
    'プロバイダーがこの呼び出しの追加料金を報告しないため、予約した全額を計上します。',
  cost_above_bound: ({ usd, bound }) =>
    `この呼び出しのコストは${formatExactUsd(usd)}で、予約した${formatExactUsd(bound)}を超えました。`,
};
