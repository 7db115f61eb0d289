import type { LifecycleView } from '../../contract/module-preset.ts';
import type { RegistryView } from '../../contract/operations/registry.ts';
import { messages } from '../messages.ts';
import { hasModel, isChatModel } from './model-names.ts';
import type { SelectOption } from './select.tsx';

/** Why a model no longer answers, in one word; undefined while it does. */
export function whyGone({ status }: LifecycleView): string | undefined {
  return status === 'retired' || status === 'never_released' ? messages.lifecycle[status] : undefined;
}

/** A note with the reason why its model no longer answers, if there is one. */
export function noteOf(text: string | undefined, lifecycle: LifecycleView): string | undefined {
  return [text, whyGone(lifecycle)].filter(Boolean).join(' · ') || undefined;
}

/** The models that the registry lists for a provider; those that no longer answer are struck through. */
export function listedModels(registry: RegistryView, providerName: string): SelectOption[] {
  const provider = registry.providers.find(({ name }) => name === providerName);
  return (provider?.models ?? []).map(({ id, label, lifecycle }) => ({
    value: id,
    label: id,
    note: noteOf(label === id ? undefined : label, lifecycle),
    struck: whyGone(lifecycle) !== undefined,
  }));
}

/**
 * The models of a local server, those that can answer a message first, then the listed ones that it lacks.
 * @param installed null if the provider is no local server, or has not answered yet: then the listed ones
 */
export function installedFirst(
  listed: readonly SelectOption[],
  installed: readonly string[] | null,
): SelectOption[] {
  if (installed === null) return [...listed];
  const noteFor = (id: string) =>
    isChatModel(id) ? listed.find(({ value }) => value === id)?.note : messages.bench.noChatModel;
  const sorted = installed.toSorted((a, b) => Number(isChatModel(b)) - Number(isChatModel(a)));
  const missing = listed.filter(({ value }) => !hasModel(installed, value));
  return [
    ...sorted.map((id) => ({ value: id, label: id, note: noteFor(id) })),
    ...missing.map((option) => ({ ...option, note: messages.bench.notInstalled })),
  ];
}
