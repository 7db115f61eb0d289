import type { Catalogue } from '../catalogue.ts';

export const importTexts: Catalogue['import'] = {
  importFile: {
    pick: '导入文件',
    title: (file) => `导入 ${file}`,
    help: '尚未更改任何内容。以下是文件的内容以及导入后的结果。',
    apply: (count) => `导入 ${count} 项`,
    nothing: '没有可导入的内容：已全部存在，或无法导入。',
    refused: '被拒绝的项目会略过。',
    columns: {
      what: '类型',
      id: 'ID',
      module: '模块',
      outcome: '结果',
    },
    whats: {
      preset: '预设',
      edit: '编辑',
      active: '使用中的预设',
      provider: '提供商',
      pack: '提示词包',
      persona: '人设',
      file: '文件',
    },
    outcomes: {
      added: '新增',
      replaced: '替换',
      same: '无变化',
      refused: '拒绝',
    },
    leftOut: '不导入的内容',
    byDefault: '默认',
  },
};
