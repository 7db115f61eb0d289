import type { ListedModel, ModelList } from '../define.ts';
import { versionHeader } from './headers.ts';
import { arr, num, obj, str } from '../shared/read.ts';

/**
 * `GET /models`, free of charge, at most 1,000 models per page. Source:
 * https://platform.claude.com/docs/en/api/models/list
 */
export const modelList: ModelList = {
  path: '/models',
  query: { limit: '1000' },
  forSettings: (settings) => ({ headers: versionHeader(settings) }),
  fromResponse: (json) => arr(obj(json).data).flatMap(toListedModel),
};

function toListedModel(entry: unknown): ListedModel[] {
  const model = obj(entry);
  const id = str(model.id);
  if (id === undefined) return [];
  const label = str(model.display_name);
  const context = num(model.max_input_tokens);
  return [{ id, ...(label === undefined ? {} : { label }), ...(context === undefined ? {} : { context }) }];
}
