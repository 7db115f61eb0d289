import type { CatalogueFile, CatalogueItem, KeptModel } from '../../../../contract/model-sync.ts';
import { catalogueFile } from '../../../../contract/model-sync.ts';
import type { CodedText } from '../../../../contract/coded-texts.ts';
import { codedText, detailOf } from '../../lib/coded-text.ts';
import { AppError } from '../../lib/app-error.ts';
import { fieldProblems, problemsText } from '../../lib/validation.ts';
import { findModel } from '../../registry/active-preset.ts';
import type { Registry } from '../../registry/build-registry.ts';
import { layFacts, withoutFacts } from '../../registry/overlay/apply-overlay.ts';
import { changesBetween, nothing, valuesOf, type Values } from './compare-list.ts';

type Entry = CatalogueFile['models'][number];

export interface CataloguePlan {
  file: CatalogueFile;
  items: CatalogueItem[];
  /** What would be written, by provider. */
  toKeep: Map<string, KeptModel[]>;
}

/**
 * Parses a catalogue's text or object.
 * @throws AppError `invalid_request` that names the first invalid fields, including an address or a kind
 */
export function readCatalogue(document: string | Record<string, unknown>): CatalogueFile {
  let value: unknown = document;
  if (typeof document === 'string')
    try {
      value = JSON.parse(document.replace(/^\uFEFF/, ''));
    } catch (cause) {
      throw new AppError('invalid_request', 'the file is not JSON, so it is no catalogue', undefined, {
        cause,
      });
    }
  const parsed = catalogueFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = fieldProblems(parsed.error, catalogueFile);
  throw new AppError('invalid_request', `this is no catalogue: ${problemsText(problems.slice(0, 5))}`, {
    problems: problems.slice(0, 50),
  });
}

/** Merges a catalogue's facts about a model into the stored ones; facts that it does not mention stay. */
function mergedFacts(
  { source, as_of }: CatalogueFile,
  entry: Entry,
  before: KeptModel | undefined,
): KeptModel {
  const { provider: _provider, label, ...reported } = entry;
  const { shutdown, successor, rules, context, pricing, supported_parameters } = reported;
  const aboutList = context !== undefined || pricing !== undefined || supported_parameters !== undefined;
  const from = aboutList || !before ? { source, as_of } : { source: before.source, as_of: before.as_of };
  const { absent: _absent, ...stored } = before ?? {};
  return {
    ...stored,
    id: before?.id ?? entry.id,
    ...(label ? { label } : {}),
    ...Object.fromEntries(
      Object.entries({ shutdown, successor, rules, context, pricing, supported_parameters }).filter(
        ([, value]) => value !== undefined,
      ),
    ),
    ...(shutdown ? { end_source: source, end_as_of: as_of } : {}),
    ...(aboutList ? {} : before?.absent ? { absent: before.absent } : {}),
    ...from,
  };
}

function isLower(from: Values['pricing'], to: Values['pricing']): boolean {
  return from !== null && to !== null && (to.input < from.input || to.output < from.output);
}

const noProvider = (provider: string) =>
  codedText('catalogue_item', 'no_provider', { provider }, `no provider is called "${provider}"`);

/**
 * The changes that a catalogue would make to the current registry. Changes nothing.
 * @param confirmed models, as `provider/id`, whose lower price may be accepted
 */
export function planCatalogue(
  registry: Registry,
  file: CatalogueFile,
  confirmed: ReadonlySet<string>,
): CataloguePlan {
  const items: CatalogueItem[] = [];
  const toKeep = new Map<string, KeptModel[]>();
  const seen = new Set<string>();
  for (const entry of file.models) {
    const { provider: name, id } = entry;
    const refuse = (text: CodedText<'catalogue_item'>) => {
      const why = { reason: text.message, reason_detail: detailOf(text) };
      items.push({ provider: name, id, outcome: 'refused', changes: [], ...why });
    };
    const provider = registry.providers.get(name);
    const key = `${name}/${id}`;
    if (!provider) refuse(noProvider(name.slice(0, 100)));
    else if (seen.has(key)) refuse(codedText('catalogue_item', 'twice', {}, 'it is in the file twice'));
    else {
      const model = findModel(provider.models, id) ?? null;
      const before = model?.kept?.facts;
      const facts = mergedFacts(file, entry, before ?? (model ? ({ id: model.id } as KeptModel) : undefined));
      const own = model && withoutFacts(model) ? facts : { ...facts, added: true as const };
      const stored = before ? own : { ...own, source: file.source, as_of: file.as_of };
      const read = { provider, as_of: file.as_of };
      const was = model ? valuesOf(registry.lifecycle, read, model) : nothing;
      const will = valuesOf(registry.lifecycle, read, layFacts(model && withoutFacts(model), stored));
      const changes = changesBetween(was, will);
      const older = before !== undefined && before.as_of > file.as_of;
      const outcome: CatalogueItem['outcome'] = older
        ? 'older'
        : !model
          ? 'added'
          : changes.length === 0
            ? 'same'
            : isLower(was.pricing, will.pricing) && !confirmed.has(key)
              ? 'lower_price'
              : 'changed';
      items.push({ provider: name, id, outcome, changes });
      if (outcome === 'added' || outcome === 'changed')
        toKeep.set(name, [...(toKeep.get(name) ?? []), stored]);
    }
    seen.add(key);
  }
  return { file, items, toKeep };
}
