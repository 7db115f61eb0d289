import type { Catalogue } from '../catalogue.ts';

export const editor: Catalogue['editor'] = {
  editor: {
    tabHelp: (keys) => `按 Tab 离开编辑器。按 ${keys} 后可用 Tab 缩进。`,
    problems: '问题',
    line: (line) => `第 ${line} 行`,
  },
};
