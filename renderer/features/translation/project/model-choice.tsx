import { useEffect, useRef } from 'react';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { messages } from '../../../messages.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { Combo } from '../../../ui/combo.tsx';
import { askInstalledModels, isLocalServer, useInstalledModels } from '../../../ui/installed-models.ts';
import { firstChatModel } from '../../../ui/model-names.ts';
import { installedFirst, listedModels } from '../../../ui/model-options.ts';
import { Section } from '../../../ui/section.tsx';
import { Select } from '../../../ui/select.tsx';
import { usePanel } from './open-panel.ts';
import type { SettingsValues } from './settings-values.ts';

const ownModel = '+model';

type Changed = Partial<SettingsValues>;

/** Changes settings that are not saved yet; a function gets the changes so far. */
export type SetSettings = (change: Changed | ((changed: Changed) => Changed)) => void;

interface ModelChoiceProps {
  values: SettingsValues;
  set: SetSettings;
}

/** A preset of the module `translate`, its active preset, or any model. */
export function ModelChoice({ values, set }: ModelChoiceProps) {
  const presets = useOperation('presets.list', { module: 'translate' }).data;
  const registry = useOperation('registry.get', {}).data;
  const active = registry?.defaults.modules['translate'];
  const shownActive = active ? `${active.provider} / ${active.model}` : '';
  const value =
    values.preset !== '' ? values.preset : values.provider !== '' || values.model !== '' ? ownModel : '';
  const choose = (picked: string) => {
    if (picked === ownModel) set({ preset: '', provider: values.provider || 'stub' });
    else set({ preset: picked, provider: '', model: '' });
  };
  const fields = useRef<HTMLDivElement>(null);
  // The list gets a search field, and with it another button, once the presets are known.
  const isAsked = usePanel((state) => state.asksForModel) && presets !== undefined;
  useEffect(() => {
    if (!isAsked) return;
    fields.current?.querySelector<HTMLElement>('[role="combobox"]')?.focus();
    usePanel.setState({ asksForModel: false });
  }, [isAsked]);
  return (
    <Section look="page" title={t.settings.model}>
      <div ref={fields} className="flex flex-wrap gap-2">
        <Select
          label={t.settings.preset}
          groups={[
            { options: [{ value: '', label: t.settings.activePreset(shownActive) }] },
            {
              options: (presets?.presets ?? []).map(({ current: preset }) => ({
                value: preset.id,
                label: `${preset.provider} / ${preset.model}`,
                note: preset.id,
              })),
            },
            { options: [{ value: ownModel, label: t.settings.ownModel }] },
          ]}
          value={value}
          onChange={choose}
          className="max-w-120"
        />
        {value === ownModel && <OwnModel values={values} set={set} registry={registry} />}
      </div>
    </Section>
  );
}

/** Any provider and model. A local server is asked for the models that it has. */
function OwnModel({ values, set, registry }: ModelChoiceProps & { registry: RegistryView | undefined }) {
  const { provider, model } = values;
  const isLocal = registry !== undefined && isLocalServer(registry, provider);
  const installed = useInstalledModels((all) => (isLocal ? all[provider] : undefined));
  const models = installed?.answer?.status === 'found' ? installed.answer.models : null;
  const listed = registry === undefined ? [] : listedModels(registry, provider);
  const pick = async (name: string) => {
    set({ provider: name, model: '' });
    if (registry === undefined || !isLocalServer(registry, name)) return;
    const answer = await askInstalledModels(name);
    const first = answer?.status === 'found' ? firstChatModel(answer.models) : null;
    // Another provider or a model may have been picked meanwhile.
    if (first !== null)
      set((changed) => (changed.provider === name && changed.model === '' ? { model: first } : {}));
  };
  return (
    <>
      <Combo
        label={t.settings.provider}
        options={(registry?.providers ?? []).map(({ name, label }) => ({
          value: name,
          label,
          note: name === label ? undefined : name,
        }))}
        value={provider}
        placeholder=""
        onChange={(name) => void pick(name)}
        className="min-w-56"
      />
      <Combo
        {...(isLocal ? { onOpen: () => void askInstalledModels(provider) } : {})}
        busy={installed?.asking && models === null ? messages.bench.modelsAsked : undefined}
        label={t.settings.modelId}
        options={installedFirst(listed, models)}
        value={model}
        placeholder={t.settings.providerDefault}
        onChange={(id) => set({ model: id })}
        className="min-w-64 flex-1"
      />
    </>
  );
}
