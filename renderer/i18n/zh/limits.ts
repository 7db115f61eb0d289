import type { Catalogue } from '../catalogue.ts';

export const limits: Catalogue['limits'] = {
  title: '速率限制',
  intro: '超出限制的调用会等待。您自己的调用优先于翻译运行、批处理和评测。留空：采用提供商报告的限制。',
  fields: { requests: '每分钟请求数', tokens: '每分钟 token 数' },
  problem: '请输入大于 0 的整数，或留空。',
  save: '保存限制',
  saved: '限制已保存',
  unchanged: '没有更改',
  learned: '提供商报告的值',
  meters: {
    requests: (count) => `${count} 个请求`,
    tokens: (count) => `${count} 个 token`,
    input_tokens: (count) => `${count} 个输入 token`,
    output_tokens: (count) => `${count} 个输出 token`,
  },
  aMinute: (limits) => `每分钟 ${limits}`,
  waitsFor: (provider, time) => `因 ${provider} 的速率限制而等待，${time}`,
  wait: (provider) => `已达到 ${provider} 的速率限制，一旦允许就会发送该调用。`,
};
