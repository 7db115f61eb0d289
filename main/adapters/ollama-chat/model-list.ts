import type { ListedModel, ModelList } from '../define.ts';
import { arr, obj, str } from '../shared/read.ts';

/** The models on this server. Source: https://docs.ollama.com/api/tags */
export const modelList: ModelList = {
  path: '/api/tags',
  fromResponse(json) {
    return arr(obj(json).models).flatMap((entry): ListedModel[] => {
      const model = obj(entry);
      const id = str(model.name) ?? str(model.model);
      return id === undefined ? [] : [{ id }];
    });
  },
};
