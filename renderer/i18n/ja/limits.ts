import type { Catalogue } from '../catalogue.ts';

export const limits: Catalogue['limits'] = {
  title: 'レート制限',
  intro:
    '上限を超える呼び出しは待機します。ご自身の呼び出しは、翻訳の実行、バッチ、トライアルより先に送信されます。空欄の場合は、プロバイダーから通知された上限を使います。',
  fields: { requests: '1分あたりのリクエスト数', tokens: '1分あたりのトークン数' },
  problem: '1以上の整数を入力するか、空欄にしてください。',
  save: '制限を保存',
  saved: '制限を保存しました',
  unchanged: '変更はありません',
  learned: 'プロバイダーから通知された値',
  meters: {
    requests: (count) => `${count}リクエスト`,
    tokens: (count) => `${count}トークン`,
    input_tokens: (count) => `入力${count}トークン`,
    output_tokens: (count) => `出力${count}トークン`,
  },
  aMinute: (limits) => `毎分${limits}`,
  waitsFor: (provider, time) => `${provider}のレート制限により待機中(${time})`,
  wait: (provider) => `${provider}のレート制限に達しました。送信できるようになりしだい送信します。`,
};
