import type { Catalogue } from '../catalogue.ts';

export const localServers: Catalogue['localServers'] = {
  localServers: {
    title: 'ローカルサーバー',
    look: 'ローカルサーバーを検索',
    again: '再検索',
    looking: '検索中(最長1秒)…',
    intro:
      'このコンピューターのアドレスだけを調べます。対象はLM StudioとOllamaの標準のアドレスと、登録済みプロバイダーのアドレスです。',
    found: (count) => (count === 0 ? '見つかりませんでした。' : `${count}台のサーバーが見つかりました`),
    needKey: (count) => `${count}台のサーバーがAPIキーを求めています`,
    failing: (count) => `${count}件のアドレスは、応答しますがモデル一覧を返しません`,
    status: {
      found: '応答あり',
      needs_key: 'APIキーが必要',
      nothing: '応答なし',
      error: '応答あり、モデル一覧なし',
    },
    advice: {
      nothing: (adapter) =>
        adapter === 'lmstudio'
          ? 'LM Studioの開発者ページでサーバーを起動するか、アドレスを修正してください。'
          : adapter === 'ollama'
            ? 'Ollamaを起動する(ollama serve)か、アドレスを修正してください。'
            : 'サーバーを起動するか、アドレスを修正してください。',
      error: () => 'アドレスがモデルサーバーのもので、/v1などのバージョンを含んでいるか確認してください。',
    },
    openAddress: 'アドレスの設定を開く',
    addServer: 'サーバーを追加',
    models: (count) => `${count}個のモデル`,
    noModels: 'モデルがまだありません。サーバー側で読み込むか取得してから、再検索してください。',
    model: 'モデル',
    tryIt: 'ベンチで試す',
    keep: '一覧を保存',
    keepHint: 'モデルをレジストリに追加します。既存の項目は変わりません',
    allKnown: 'すべてのモデルが登録済みです',
    makeActive: '使用するモジュール…',
    kept: (count, label) => `${label}のモデル${count}個をレジストリに追加しました`,
    nothingNew: (label) => `${label}のモデルはすべて登録済みです`,
    serves: (model, module) => `${module}で${model}を使用するようにしました`,
  },
};
