import type { ConnectionTexts } from '../core-texts.ts';

const proxyHint = (variable: string) =>
  `このプロキシは環境変数${variable}で設定されています。プロキシを通さないホストはNO_PROXYに指定してください。`;

export const connections: ConnectionTexts = {
  refused: ({ origin }) => ({
    text: `${origin}に接続を拒否されました。`,
    hint: 'サーバーが起動しているか、ポートが正しいか確認してください。',
  }),
  name_unresolved: ({ origin, problem }) => ({
    text: `${origin}の名前を解決できません(${problem})。`,
    hint: 'ベースURLとネットワークを確認してください。',
  }),
  connect_timeout: ({ origin, seconds }) => ({
    text: `${origin}に${seconds}秒以内に接続できませんでした。`,
    hint: null,
  }),
  no_data: ({ origin, seconds }) => ({
    text: `${origin}から${seconds}秒間データが届きませんでした。`,
    hint: null,
  }),
  no_answer: ({ origin, seconds }) => ({
    text: `${origin}が${seconds}秒以内に応答しませんでした。`,
    hint: null,
  }),
  total_timeout: ({ origin }) => ({
    text: `${origin}への呼び出しが、全体の制限時間を超えました。`,
    hint: null,
  }),
  tls: ({ origin, problem }) => ({
    text: `${origin}とのTLS接続を確立できません: ${problem}`,
    hint: 'アドレスがhttpかhttpsか、またサーバーの証明書が正しいか確認してください。',
  }),
  not_http: ({ origin, problem }) => ({
    text: `${origin}から届いたのは正しいHTTPの応答ではありません: ${problem}`,
    hint: null,
  }),
  broken: ({ origin, problem }) => ({ text: `${origin}との接続が切れました: ${problem}`, hint: null }),
  resting: ({ origin, failures, seconds }) => ({
    text: `${origin}への呼び出しが${failures}回続けて失敗したため、${seconds}秒間は送信しません。`,
    hint: null,
  }),
  proxy_refused: ({ proxy, variable }) => ({
    text: `プロキシ${proxy}に接続を拒否されました。`,
    hint: proxyHint(variable),
  }),
  proxy_unresolved: ({ proxy, variable }) => ({
    text: `プロキシ${proxy}の名前を解決できません。`,
    hint: proxyHint(variable),
  }),
  proxy_unreachable: ({ proxy, variable }) => ({
    text: `プロキシ${proxy}に到達できません。`,
    hint: proxyHint(variable),
  }),
  proxy_timeout: ({ proxy, variable }) => ({
    text: `プロキシ${proxy}に時間内に接続できませんでした。`,
    hint: proxyHint(variable),
  }),
  proxy_status: ({ proxy, origin, status, variable }) => ({
    text: `プロキシ${proxy}が、${origin}への接続にHTTP ${status}を返しました。`,
    hint:
      status === 407
        ? `ユーザー名とパスワードが必要です。環境変数${variable}に含めてください。`
        : proxyHint(variable),
  }),
  proxy_unusable: ({ variable, problem }) => ({
    text: `環境変数${variable}をプロキシのアドレスとして使えません: ${problem}`,
    hint: `${variable}をhttp://host:portの形式で設定するか、プロバイダーのホストをNO_PROXYに指定してください。`,
  }),
};
