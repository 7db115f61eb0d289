import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { providerStatusOf } from '../../../api/provider-status.ts';
import { messages } from '../../../messages.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { Combo } from '../../../ui/combo.tsx';
import type { SelectGroup, SelectOption } from '../../../ui/select.tsx';
import { Select } from '../../../ui/select.tsx';

const t = modulesMessages.preset;

interface TargetFieldsProps {
  registry: RegistryView;
  provider: string;
  model: string;
  onChange: (target: { provider: string; model: string }) => void;
}

/** The provider and the model of a preset; the id of an unlisted model can be typed. */
export function TargetFields({ registry, provider, model, onChange }: TargetFieldsProps) {
  const changeProvider = (next: string) => {
    const models = modelOptions(registry, next);
    const listed = models.some(({ value }) => value === model);
    onChange({ provider: next, model: listed ? model : (models[0]?.value ?? model) });
  };
  return (
    <section aria-label={t.target} className="flex flex-wrap gap-2">
      <Select
        label={t.provider}
        groups={providerGroups(registry, provider)}
        value={provider}
        onChange={changeProvider}
        className="w-64"
      />
      <Combo
        label={t.model}
        options={modelOptions(registry, provider)}
        value={model}
        onChange={(next) => onChange({ provider, model: next })}
        placeholder=""
        className="min-w-72 flex-1"
      />
    </section>
  );
}

function providerGroups({ providers }: RegistryView, current: string): SelectGroup[] {
  const groups = (['ready', 'needs_key', 'off'] as const).map((providerStatus) => ({
    label: providersMessages.providers.groups[providerStatus],
    options: providers
      .filter((provider) => providerStatusOf(provider) === providerStatus)
      .map(({ name, label, kind }) => ({ value: name, label, note: kind })),
  }));
  const known = providers.some(({ name }) => name === current);
  const missing = known ? [] : [{ options: [{ value: current, label: current, note: t.noProvider }] }];
  return [...missing, ...groups.filter(({ options }) => options.length > 0)];
}

function modelOptions({ providers }: RegistryView, current: string): SelectOption[] {
  const models = providers.find(({ name }) => name === current)?.models ?? [];
  return models.map(({ id, label, lifecycle: { status } }) => {
    const isRetired = status === 'retired' || status === 'never_released';
    return {
      value: id,
      label: id,
      note: isRetired ? messages.lifecycle[status] : label === id ? undefined : label,
      struck: isRetired,
    };
  });
}
