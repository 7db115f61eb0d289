import { listedFacts, listedId, type ListedFacts } from '../../../../contract/model-sync.ts';
import type { ListedModel } from '../../../adapters/define.ts';
import type { Provider } from '../../registry/model/model.ts';

/**
 * Only OpenRouter's list has prices per token and supported parameters; elsewhere a field of the same name
 * may mean anything.
 */
function isOpenRouter({ adapter, factsFrom }: Provider): boolean {
  return adapter === 'openrouter' || factsFrom === 'openrouter';
}

/** The list's facts about a model, without implausible or unusable ones. */
export function factsOf(
  provider: Provider,
  { context, shutdown, pricing, supportedParameters }: ListedModel,
): ListedFacts {
  const { shape } = listedFacts;
  const own = isOpenRouter(provider);
  const parameters =
    own && supportedParameters?.length ? [...new Set(supportedParameters)].sort() : undefined;
  const facts = {
    context: shape.context.safeParse(context).data,
    shutdown: shape.shutdown.safeParse(shutdown).data,
    pricing: shape.pricing.safeParse(own ? pricing : undefined).data,
    supported_parameters: shape.supported_parameters.safeParse(parameters).data,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** The list's own name for a model as one plain line; the id if there is none. */
export function labelOf({ id, label }: ListedModel): string {
  const plain = label?.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return plain ? plain.slice(0, 200).replace(/\p{Cs}$/u, '') : id;
}

const firstFew = 20;

/** The entries that a registry can store, each id once, and the others with the reason. */
export function usable(listed: readonly ListedModel[]) {
  const seen = new Set<string>();
  const models: ListedModel[] = [];
  const left_out: { count: number; first: { id: string; reason: string }[] } = { count: 0, first: [] };
  for (const model of listed) {
    const parsed = listedId.safeParse(model.id);
    if (seen.has(model.id)) continue;
    seen.add(model.id);
    if (parsed.success) models.push(model);
    else if (++left_out.count <= firstFew)
      left_out.first.push({
        id: JSON.stringify(model.id.slice(0, 80)).slice(1, -1),
        reason: parsed.error.issues[0]?.message ?? 'no id',
      });
  }
  return { models, left_out };
}
