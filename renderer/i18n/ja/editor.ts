import type { Catalogue } from '../catalogue.ts';

export const editor: Catalogue['editor'] = {
  editor: {
    tabHelp: (keys) => `Tabキーでエディターから移動します。${keys}を押すとTabキーでインデントできます。`,
    problems: '問題',
    line: (line) => `${line}行目`,
  },
};
