import { create } from 'zustand';
import type { ProviderKind, ProviderView } from '../../../../contract/provider.ts';

export interface ListFilter {
  search: string;
  /** Empty: all kinds. */
  kinds: readonly ProviderKind[];
  /** A tag of the provider or of one of its models; null: any. */
  tag: string | null;
}

export const noFilter: ListFilter = { search: '', kinds: [], tag: null };

/** Kept while the window is open, so that switching views does not lose it. */
export const useListFilter = create<ListFilter>(() => noFilter);

export function toggleKind(kind: ProviderKind): void {
  useListFilter.setState(({ kinds }) => ({
    kinds: kinds.includes(kind) ? kinds.filter((other) => other !== kind) : [...kinds, kind],
  }));
}

function tagsOf(provider: ProviderView): string[] {
  return [...provider.tags, ...provider.models.flatMap((model) => model.tags)];
}

/** Every tag of the providers and their models, except tags that repeat a kind. */
export function tagsIn(providers: readonly ProviderView[]): string[] {
  const kinds = new Set<string>(kindsIn(providers));
  return [...new Set(providers.flatMap(tagsOf))].filter((tag) => !kinds.has(tag)).sort();
}

export function kindsIn(providers: readonly ProviderView[]): ProviderKind[] {
  return [...new Set(providers.map(({ kind }) => kind))];
}

export function passesFilter(provider: ProviderView, { search, kinds, tag }: ListFilter): boolean {
  const query = search.trim().toLowerCase();
  const texts = [provider.name, provider.label, provider.kind, provider.adapter, ...provider.tags];
  return (
    texts.some((text) => text.toLowerCase().includes(query)) &&
    (kinds.length === 0 || kinds.includes(provider.kind)) &&
    (tag === null || tagsOf(provider).includes(tag))
  );
}
