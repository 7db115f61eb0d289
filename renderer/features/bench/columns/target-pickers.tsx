import type { ReactNode } from 'react';
import { clsx } from 'clsx';
import { useMemo } from 'react';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { useLanguage } from '../../../i18n/current-language.ts';
import { messages } from '../../../messages.ts';
import { setTarget, useTarget } from '../../../state/target.ts';
import { Combo } from '../../../ui/combo.tsx';
import { serverStateOf } from '../../../ui/local-servers/server-state.ts';
import { askInstalledModels, isLocalServer, useInstalledModels } from '../../../ui/installed-models.ts';
import { Select } from '../../../ui/select.tsx';
import type { Column } from './columns.ts';
import { setColumnTarget } from './columns.ts';
import { pickInstalled, setModelBoxInUse } from './installed-default.ts';
import { modelOptions, moduleGroups, presetGroups, providerGroups, unset } from './target-options.ts';

const t = messages.bench;
const orNull = (value: string) => (value === unset ? null : value);

/** The module of the message: it decides preset, schema and prompt pack, in every column. */
export function ModulePicker({ registry }: { registry: RegistryView }) {
  const module = useTarget((target) => target.module);
  return (
    <Select
      label={t.module}
      groups={moduleGroups(registry)}
      value={module ?? unset}
      onChange={(value) => setTarget({ module: orNull(value), preset: null })}
      className="max-w-56"
    />
  );
}

interface DestinationPickersProps {
  registry: RegistryView;
  column: Column;
  /** Buttons beside the target in a narrow column; the model gets the full width below them. */
  tools?: ReactNode;
}

/** The target, and the model or preset that it offers. */
export function DestinationPickers({ registry, column, tools }: DestinationPickersProps) {
  const { id, target } = column;
  const targetPicker = (
    <Select
      label={t.target}
      groups={providerGroups(registry, target)}
      value={target.provider ?? unset}
      onChange={(value) => {
        setColumnTarget(id, { provider: orNull(value), model: null, preset: null });
        void pickInstalled(id);
      }}
      className="max-w-[min(16rem,100%)]"
    />
  );
  return (
    <div className={clsx('flex min-w-0 flex-wrap items-center gap-1.5', !tools && 'flex-1 basis-80')}>
      {tools ? (
        <div className="flex w-full items-center gap-1">
          <div className="flex min-w-0 flex-1">{targetPicker}</div>
          {tools}
        </div>
      ) : (
        targetPicker
      )}
      {target.provider === null ? (
        <Select
          label={t.preset}
          groups={presetGroups(registry, target)}
          value={target.preset ?? unset}
          onChange={(value) => setColumnTarget(id, { preset: orNull(value) })}
          className="max-w-[min(18rem,100%)]"
        />
      ) : (
        <ModelPicker registry={registry} column={column} isWide={tools !== undefined} />
      )}
    </div>
  );
}

interface ModelPickerProps {
  registry: RegistryView;
  column: Column;
  isWide: boolean;
}

function ModelPicker({ registry, column: { id, target }, isWide }: ModelPickerProps) {
  const language = useLanguage();
  const provider = target.provider ?? '';
  const isLocal = isLocalServer(registry, provider);
  const installed = useInstalledModels((all) => (isLocal ? all[provider] : undefined));
  const answer = installed?.answer ?? null;
  const models = answer?.status === 'found' ? answer.models : null;
  // oxlint-disable-next-line react/exhaustive-deps -- the labels are texts of the language.
  const options = useMemo(() => modelOptions(registry, target, models), [registry, target, models, language]);
  const { modelsAsked, serverEmpty, firstInstalled, firstModel } = messages.bench;
  const state = answer && serverStateOf(answer);
  const unlisted = state === null || state === 'found' ? undefined : messages.bench.unlisted[state];
  return (
    <Combo
      {...(isLocal ? { onOpen: () => void askInstalledModels(provider) } : {})}
      onFocusChange={(focused) => setModelBoxInUse(id, focused)}
      busy={installed?.asking && models === null ? modelsAsked : undefined}
      footnote={unlisted ?? (models?.length === 0 ? serverEmpty : undefined)}
      label={t.model}
      options={options}
      value={target.model ?? ''}
      onChange={(value) => setColumnTarget(id, { model: orNull(value.trim()) })}
      placeholder={isLocal && models === null ? firstInstalled : (options[0]?.value ?? firstModel)}
      className={isWide ? 'w-full' : 'max-w-52 min-w-36 flex-1'}
    />
  );
}
