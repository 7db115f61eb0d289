import type { Catalogue } from '../catalogue.ts';

export const importTexts: Catalogue['import'] = {
  importFile: {
    pick: 'ファイルをインポート',
    title: (file) => `${file}のインポート`,
    help: 'まだ何も変更していません。ファイルの内容と、インポートした場合の結果を示しています。',
    apply: (count) => `${count}件をインポート`,
    nothing: 'インポートする項目はありません。すべて登録済みか、インポートできないものです。',
    refused: '受け付けられない項目は除外されます。',
    columns: {
      what: '種類',
      id: 'ID',
      module: 'モジュール',
      outcome: '結果',
    },
    whats: {
      preset: 'プリセット',
      edit: '編集',
      active: '使用中の指定',
      provider: 'プロバイダー',
      pack: 'プロンプトパック',
      persona: 'ペルソナ',
      file: 'ファイル',
    },
    outcomes: {
      added: '追加',
      replaced: '置き換え',
      same: '変更なし',
      refused: '拒否',
    },
    leftOut: 'インポートしない項目',
    byDefault: '既定',
  },
};
