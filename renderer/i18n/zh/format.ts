import type { Catalogue } from '../catalogue.ts';

export const format: Catalogue['format'] = {
  format: {
    ms: (count) => `${count} 毫秒`,
    seconds: (count) => `${count} 秒`,
    minutes: (minutes, seconds) => `${minutes} 分 ${seconds} 秒`,
  },
};
