import type { ModelRule, StructuredOutput } from '../../../contract/provider.ts';
import type { ReasoningFacts, RuleBook, SchemaFacts } from '../../../contract/rule-book.ts';
import type { Model, Provider } from './model/model.ts';
import { familyOf, matches, type MatchedModel } from './model-family.ts';

/** Facts about a model beside its entry: its own rules and those of its family. */
export interface ModelFacts {
  rules: readonly ModelRule[];
  reasoning: ReasoningFacts | null;
  schemas: SchemaFacts | null;
}

type Named = Pick<Model, 'id' | 'wireId' | 'rules'>;
type Served = Pick<Provider, 'adapter' | 'settings'>;

/** An Azure deployment may have any name; the provider's settings say which model it serves. */
function servedIds({ adapter, settings }: Served, { id, wireId }: Named): string[] {
  if (adapter !== 'azure_openai') return [wireId, id];
  const deployments = Object.entries((settings['deployments'] ?? {}) as Record<string, unknown>);
  const served = deployments.filter(([, name]) => name === wireId || name === id).map(([model]) => model);
  return [...served, wireId, id];
}

/** A model as rules see it. On Azure its own id counts too, because the wire id is a deployment name. */
export function matchedModel(provider: Served, model: Named): MatchedModel {
  const ids = servedIds(provider, model);
  const telling = provider.adapter === 'azure_openai' ? ids : [model.wireId];
  const family = telling.map(familyOf).find((found) => found !== null) ?? null;
  return { adapter: provider.adapter, ids, family };
}

/** Every rule for requests to the model, the model's own rules first. */
export function factsOf(book: RuleBook, provider: Served, model: Named): ModelFacts {
  const matched = matchedModel(provider, model);
  const one = (entry: { match: RuleBook['rules'][number]['match'] }) =>
    entry.match.some((match) => matches(match, matched));
  const shared = book.rules.filter(one).flatMap(({ rules }) => rules);
  return {
    rules: shared.length ? [...model.rules, ...shared] : model.rules,
    reasoning: book.reasoning.find(one) ?? null,
    schemas: book.schemas.find(one) ?? null,
  };
}

/**
 * How a schema is sent: as requested, else as the entry or the family says; undefined leaves it to the
 * adapter.
 */
export function schemaWay(
  asked: StructuredOutput | undefined,
  own: StructuredOutput | undefined,
  facts: SchemaFacts | null,
): StructuredOutput | undefined {
  const way = asked ?? own;
  if (!way) return facts?.structured_output;
  return facts?.refuses?.includes(way) ? facts.structured_output : way;
}
