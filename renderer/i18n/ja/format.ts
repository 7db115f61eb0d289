import type { Catalogue } from '../catalogue.ts';

export const format: Catalogue['format'] = {
  format: {
    ms: (count) => `${count} ms`,
    seconds: (count) => `${count}秒`,
    minutes: (minutes, seconds) => `${minutes}分${seconds}秒`,
  },
};
