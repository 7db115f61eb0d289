import { messages } from '../../../messages.ts';
import { hasModel, isChatModel } from '../../../ui/model-names.ts';
import type { SelectOption } from '../../../ui/select.tsx';

/**
 * The models to offer: the ones that a local server has, then the shipped names that it lacks.
 * @param installed null if the provider is not a local server, or was not asked yet
 */
export function modelChoices(listed: readonly string[], installed: readonly string[] | null): SelectOption[] {
  if (installed === null) return listed.map((id) => ({ value: id, label: id }));
  const { noChatModel, notInstalled } = messages.bench;
  const chatFirst = installed.toSorted((a, b) => Number(isChatModel(b)) - Number(isChatModel(a)));
  return [
    ...chatFirst.map((id) => ({ value: id, label: id, note: isChatModel(id) ? undefined : noChatModel })),
    ...listed
      .filter((id) => !hasModel(installed, id))
      .map((id) => ({ value: id, label: id, note: notInstalled })),
  ];
}
