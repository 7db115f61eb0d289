import type { Catalogue } from '../catalogue.ts';

export const help: Catalogue['help'] = {
  help: {
    title: 'ヘルプ',
    close: 'ヘルプを閉じる',
    documents: 'ドキュメント',
    titles: {
      README: 'パネルについて',
      configuration: '設定',
      comfyvn: 'ComfyVNとの連携',
      clients: 'ほかのクライアント',
      'adding-a-check': 'チェックの追加',
      'adding-a-provider': 'プロバイダーの追加',
      presets: 'プリセット',
      trials: 'トライアル',
      'model-rules': 'モデルのパラメーター',
      'command-line': 'コマンドライン',
      troubleshooting: 'トラブルシューティング',
      security: 'セキュリティ',
      studio: '複数のコンピューター',
      systems: 'Windows、macOS、Linux',
      performance: 'パフォーマンス',
      architecture: 'アーキテクチャ',
    },
  },
};
