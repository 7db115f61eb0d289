import type { Catalogue } from '../catalogue.ts';

export const limits: Catalogue['limits'] = {
  title: '速率限制',
  intro: '调用会等到提供商有余量时再发送；批量任务让人的调用先行。留空则采用提供商回复中给出的值。',
  fields: { requests: '每分钟请求数', tokens: '每分钟词元数' },
  problem: '请输入大于 0 的整数，或留空。',
  save: '保存限制',
  saved: '限制已保存',
  unchanged: '没有改动',
  learned: '回复中给出的值',
  meters: {
    requests: (count) => `${count} 个请求`,
    tokens: (count) => `${count} 个词元`,
    input_tokens: (count) => `${count} 个输入词元`,
    output_tokens: (count) => `${count} 个输出词元`,
  },
  aMinute: (limits) => `每分钟 ${limits}`,
  waitsFor: (provider, time) => `正在等待 ${provider} 的限制，${time}`,
  wait: (provider) => `${provider} 的限制已用完，有余量时会发送该调用。`,
};
