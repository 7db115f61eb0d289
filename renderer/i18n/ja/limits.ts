import type { Catalogue } from '../catalogue.ts';

export const limits: Catalogue['limits'] = {
  title: 'レート制限',
  intro:
    'プロバイダーに空きができるまで呼び出しを待たせます。まとめて送る処理より、人による呼び出しが優先されます。空欄の場合は、プロバイダーの応答に示された値を使います。',
  fields: { requests: '1分あたりのリクエスト数', tokens: '1分あたりのトークン数' },
  problem: '1以上の整数を入力するか、空欄にしてください。',
  save: '制限を保存',
  saved: '制限を保存しました',
  unchanged: '変更はありません',
  learned: '応答に示された値',
  meters: {
    requests: (count) => `${count}リクエスト`,
    tokens: (count) => `${count}トークン`,
    input_tokens: (count) => `入力${count}トークン`,
    output_tokens: (count) => `出力${count}トークン`,
  },
  aMinute: (limits) => `毎分${limits}`,
  waitsFor: (provider, time) => `${provider}の制限により待機中（${time}）`,
  wait: (provider) => `${provider}の制限に達しました。空きができると送信されます。`,
};
