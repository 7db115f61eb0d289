import { useMemo } from 'react';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { messages } from '../../../messages.ts';
import type { Target } from '../../../state/target.ts';
import { setTarget, useTarget } from '../../../state/target.ts';
import { Combo } from '../../../ui/combo.tsx';
import { Select } from '../../../ui/select.tsx';
import { modelOptions, moduleGroups, presetGroups, providerGroups, unset } from './target-options.ts';

const words = messages.bench;
const orNull = (value: string) => (value === unset ? null : value);

/** Module, target, and the model or preset that follows from the two. */
export function TargetPickers({ registry }: { registry: RegistryView }) {
  const target = useTarget();
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <Select
        label={words.module}
        groups={moduleGroups(registry)}
        value={target.module ?? unset}
        onChange={(value) => setTarget({ module: orNull(value), preset: null })}
        className="max-w-56"
      />
      <Select
        label={words.target}
        groups={providerGroups(registry, target)}
        value={target.provider ?? unset}
        onChange={(value) => setTarget({ provider: orNull(value), model: null, preset: null })}
        className="max-w-64"
      />
      {target.provider === null ? (
        <Select
          label={words.preset}
          groups={presetGroups(registry, target)}
          value={target.preset ?? unset}
          onChange={(value) => setTarget({ preset: orNull(value) })}
          className="max-w-72"
        />
      ) : (
        <ModelPicker registry={registry} target={target} />
      )}
    </div>
  );
}

function ModelPicker({ registry, target }: { registry: RegistryView; target: Target }) {
  const options = useMemo(() => modelOptions(registry, target), [registry, target]);
  return (
    <Combo
      label={words.model}
      options={options}
      value={target.model ?? ''}
      onChange={(value) => setTarget({ model: orNull(value.trim()) })}
      placeholder={options[0]?.value ?? words.firstModel}
      className="w-64"
    />
  );
}
