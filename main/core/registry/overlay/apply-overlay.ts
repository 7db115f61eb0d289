import type { KeptModel, OverlayFile, ListedFacts } from '../../../../contract/model-sync.ts';
import type { Model, Provider } from '../model/model.ts';
import { notice, type Notice } from '../../lib/notice.ts';
import { originOf } from '../../net/origin.ts';
import { modelFromEntry } from '../model/provider-from-entry.ts';
import { unsupportedRules } from './unsupported-rules.ts';

/** Model lists include models that cannot chat, and most lists show that only in the names. */
const others: [RegExp, string][] = [
  [/embed/i, 'embedding'],
  [/rerank/i, 'rerank'],
  [/moderation/i, 'moderation'],
  [/whisper|transcri|[-_/]tts|tts[-_]|realtime|[-_]audio/i, 'audio'],
  [/dall-e|[-_/]image|sora/i, 'image'],
];

/**
 * Tags for a model that only the provider's list has: at least one; `chat` unless its id suggests otherwise.
 */
function defaultTags(id: string, { supported_parameters = [] }: ListedFacts): string[] {
  const other = others.find(([pattern]) => pattern.test(id))?.[1];
  const json =
    supported_parameters.includes('structured_outputs') || supported_parameters.includes('response_format');
  return [
    other ?? 'chat',
    ...(json ? ['json'] : []),
    ...(supported_parameters.includes('tools') ? ['tools'] : []),
  ];
}

/** Applies facts from the provider's list to a model; `before` is null if no file lists it. */
export function layFacts(before: Model | null, facts: KeptModel): Model {
  const { id, label, context, pricing, source, as_of } = facts;
  const base = before ?? modelFromEntry({ id, ...(label ? { label } : {}), tags: defaultTags(id, facts) });
  const rules = [...base.rules, ...(facts.rules ?? [])];
  return {
    ...base,
    context: context ?? base.context,
    listedPrice: pricing ? { ...pricing, source, as_of } : base.listedPrice,
    rules: [...rules, ...unsupportedRules(facts, rules)],
    kept: { before, facts },
  };
}

/** The model as its file has it; null if only the provider's list has it. */
export function withoutFacts(model: Model): Model | null {
  return model.kept ? model.kept.before : model;
}

/** The provider's models with the accepted facts. No model is ever removed. */
export function withOverlay(
  provider: Provider,
  overlay: OverlayFile | undefined,
  warnings: Notice[],
): Provider {
  if (!overlay) return provider;
  const here = originOf(provider.base);
  if (overlay.origin !== here) {
    const values = { provider: provider.name, origin: overlay.origin, base: here ?? provider.base };
    const message = `the model facts stored for ${values.provider} come from ${values.origin}, not ${values.base}: they are ignored; sync again, or forget them`;
    warnings.push(notice('facts_of_other_address', values, message));
    return provider;
  }
  const rest = new Map(overlay.models.map((facts) => [facts.id, facts]));
  const ids = new Set(provider.models.map((model) => model.id));
  const listed = provider.models.map((model) => {
    const id = rest.has(model.id) || ids.has(model.wireId) ? model.id : model.wireId;
    const facts = rest.get(id);
    rest.delete(id);
    return facts ? layFacts(model, facts) : model;
  });
  const added = [...rest.values()].filter((facts) => facts.added).map((facts) => layFacts(null, facts));
  // The first model is the provider's default, so it must be a chat model.
  const chats = (model: Model) => model.tags[0] === 'chat';
  return {
    ...provider,
    models: [...listed, ...added.filter(chats), ...added.filter((model) => !chats(model))],
  };
}
