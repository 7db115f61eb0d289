import type { ListedModel, ModelList } from '../define.ts';
import { arr, num, obj, str } from '../shared/read.ts';

/**
 * Models that can chat; the list also contains embedding and image models. Source:
 * https://ai.google.dev/api/models
 */
export const modelList: ModelList = {
  path: '/models',
  query: { pageSize: '1000' },
  fromResponse(json) {
    return arr(obj(json).models).flatMap((entry): ListedModel[] => {
      const model = obj(entry);
      const name = str(model.name);
      if (name === undefined || !arr(model.supportedGenerationMethods).includes('generateContent')) return [];
      const label = str(model.displayName);
      const context = num(model.inputTokenLimit);
      return [
        {
          id: name.replace(/^models\//, ''),
          ...(label === undefined ? {} : { label }),
          ...(context === undefined ? {} : { context }),
        },
      ];
    });
  },
};
