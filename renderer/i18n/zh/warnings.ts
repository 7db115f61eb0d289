import { formatCount, formatExactUsd, formatPrice } from '../../ui/format.ts';
import { ruleTextIn } from '../core-texts.ts';
import type { WarningTexts } from '../core-texts.ts';
import { ruleTexts } from './rule-texts.ts';

const n = formatCount;
const successorText = (successor: string | null) => (successor === null ? '' : `后继模型是 ${successor}。`);
const replacedStatus = {
  deprecated: (day: string | null) => (day === null ? '即将下线' : `将于 ${day} 下线`),
  never_released: () => '从未发布',
  gone: (day: string | null) => (day === null ? '已下线' : `已于 ${day} 下线`),
};
/** Names the rule that a live call is refused for, so that it can be ignored. */
const ruled = (text: string, { rule, blocks }: { rule: string; blocks: boolean }) =>
  blocks ? `${text}（规则 ${rule}）` : text;
const inDays = (days: number) => (days <= 0 ? '今天' : days === 1 ? '明天' : `${n(days)} 天后`);
const priceText = (input: number, output: number) =>
  `输入 ${formatPrice(input)}、输出 ${formatPrice(output)}`;
const costProblems = {
  impossible: '不可能是实际费用',
  zero: '为 0，但该模型是收费的',
  too_high: '远超此类调用可能的费用',
};

export const warnings: WarningTexts = {
  unlisted_model: ({ model, provider }) => `注册表的 ${provider} 中没有“${model}”，将按原样发送此 ID。`,
  preset_replaced: ({ module, preset, model, status, shutdown, replacement }) =>
    `${model}（${preset}）${replacedStatus[status](shutdown)}。${
      replacement === null ? `${module} 没有其他预设可以替代。` : `${module} 改用 ${replacement}。`
    }`,
  model_retired: ({ model, shutdown, successor }) =>
    `${model} ${replacedStatus.gone(shutdown)}。${successorText(successor)}`,
  model_never_released: ({ model, successor }) =>
    `${model} ${replacedStatus.never_released()}。${successorText(successor)}`,
  model_deprecated: ({ model, shutdown, successor }) =>
    `${model} ${replacedStatus.deprecated(shutdown)}。${successorText(successor)}`,
  model_ends: ({ model, date, days, module, preset, heir }) =>
    `${model} 将于 ${date}（${inDays(days)}）下线。${
      preset === null
        ? `请在此之前为 ${module} 选择其他预设。`
        : `之后 ${module} 将使用 ${preset}${heir === null ? '' : `（${heir}）`}。`
    }`,
  default_model_ends: ({ model, date, days, successor }) =>
    `ComfyVN 的注册表文件：${model} 将于 ${date}（${inDays(days)}）下线。${successorText(successor)}`,
  end_dates_differ: ({ model, ends }) =>
    `关于 ${model} 的下线日期，各来源说法不一：${ends}。请以您自己部署的页面为准。`,
  price_will_change: ({ model, date, input, output, input_before, output_before }) =>
    `自 ${date} 起，${model} 每百万 token 的价格为${priceText(input, output)}（目前为${priceText(input_before, output_before)}）。`,
  price_changed: ({ model, provider, date, input, output, input_before, output_before }) =>
    `根据 ${provider} 在 ${date} 的列表，${model} 每百万 token 的价格为${priceText(input, output)}（此前为${priceText(input_before, output_before)}）。`,
  model_missing: ({ model, provider, date }) =>
    `${provider} 在 ${date} 的列表中没有 ${model}。调用仍会发送，但可能失败。`,
  unknown_provider: ({ provider }) => `目前没有名为“${provider}”的提供商。`,
  rule_ignored: ({ rule }) => `已按 ignore_rules 的要求忽略规则“${rule}”。`,
  unknown_rule: ({ rule, model }) => `ignore_rules：没有适用于 ${model} 的规则“${rule}”。`,
  model_rule: ({ text, ...rule }) => ruled(`模型规则：${ruleTextIn(ruleTexts, text)}`, rule),
  value_out_of_range: ({ model, param, min, max, value, ...rule }) =>
    ruled(
      `${model} 的 ${param} 取值范围为 ${min ?? '无下限'} 至 ${max ?? '无上限'}；${value} 将按原样发送。`,
      rule,
    ),
  parameters_refused: ({ model, params, ...rule }) => ruled(`${model} 不接受以下参数：${params}`, rule),
  parameters_conflict: ({ model, params, omit, ...rule }) =>
    ruled(`${model} 不接受同时设置以下参数：${params}。请省略 ${omit}。`, rule),
  message_part_dropped: ({ part, reason }) => `${part} 不会发送：${reason}`,
  prompt_exceeds_context: ({ model, tokens, context }) =>
    `提示词约有 ${n(tokens)} 个 token，超出 ${model} 的上下文（${n(context)}），会被拒绝或截断。`,
  reply_exceeds_context: ({ model, tokens, reply, context }) =>
    `提示词（约 ${n(tokens)} 个 token）与回复（最多 ${n(reply)} 个 token）合计超出 ${model} 的上下文（${n(context)}）。`,
  ollama_num_ctx_too_small: ({ tokens, context }) =>
    `提示词约有 ${n(tokens)} 个 token，而 num_ctx 为 ${n(context)}。Ollama 可能会在不提示的情况下截掉开头。`,
  ollama_context_too_small: ({ tokens, context, can_raise }) =>
    `提示词约有 ${n(tokens)} 个 token，而 Ollama 默认只读取 ${n(context)} 个，可能会在不提示的情况下截掉开头。${
      can_raise ? '请设置 num_ctx，或将提供商的设置 allow_num_ctx 设为 true。' : ''
    }`,
  first_of_several_requests: ({ requests, texts }) =>
    `这是 ${n(requests)} 个请求中的第一个：每个请求最多包含 ${n(texts)} 段文本。`,
  no_provider_named: () => '未指定提供商，由模拟模型回复。',
  stub_answered: ({ provider }) => `没有名为“${provider}”的提供商，由模拟模型回复。`,
  paid_provider_not_called: ({ provider }) =>
    `${provider} 是付费提供商，未发送任何内容。如需发送，请指定 live: true，或将提供商的设置 test_call 设为 "live"。`,
  provider_switched_off: ({ provider }) => `${provider} 已关闭，未发送任何内容。`,
  prompt_cut_by_server: ({ reported, sent }) =>
    `发送了约 ${n(sent)} 个 token，而提供商只统计到 ${n(reported)} 个：服务器很可能按其上下文长度截断了提示词。`,
  reply_cut: ({ tokens }) =>
    `回复达到上限${tokens === null ? '' : `（${n(tokens)} 个 token）`}，已被截断。请提高 max_tokens。`,
  reply_from_reasoning: () => '回复为空，已改用模型推理内容中的 JSON。',
  key_refused: ({ provider, key, status }) =>
    `${provider} 拒绝了密钥 ${key}${status === null ? '' : `（HTTP ${status}）`}，已暂停使用该密钥。`,
  usage_replaced: ({ reported_prompt, reported_reply, prompt, reply }) =>
    `提供商报告的用量（提示词 ${n(reported_prompt)}、回复 ${n(reported_reply)} 个 token）与实际收发的内容不符，改按提示词 ${n(prompt)}、回复 ${n(reply)} 个 token 计算。`,
  cost_replaced: ({ usd, problem }) =>
    `提供商报告的费用${usd === null ? '' : `（${usd} USD）`}${costProblems[problem]}，改用面板自己的计算结果。`,
  charges_not_reported: () => '提供商不报告此次调用的附加费用，因此全部预留金额都计入支出。',
  cost_above_bound: ({ usd, bound }) =>
    `此次调用花费 ${formatExactUsd(usd)}，超过预留的 ${formatExactUsd(bound)}。`,
};
