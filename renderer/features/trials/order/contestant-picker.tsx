import type { Contestant } from '../../../../contract/trials.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { trialsMessages } from '../../../messages/trials-messages.ts';
import { CheckBox } from '../../../ui/check-box.tsx';
import { measuredText } from '../../../ui/measured-rank.tsx';

interface Props {
  module: string;
  /** Contestants from another view, listed with the module's presets. */
  preselected: readonly Contestant[];
  picked: readonly Contestant[];
  onPick: (picked: readonly Contestant[]) => void;
}

const keyOf = (one: Contestant) => ('preset' in one ? one.preset : `${one.provider}/${one.model}`);

/** Every preset of a module to choose from, with its last measured result. */
export function ContestantPicker({ module, preselected, picked, onPick }: Props) {
  const t = trialsMessages.trials;
  const { data: presets } = useOperation('presets.list', { module });
  const { data: measured } = useOperation('trials.ranks', { module });
  const chosen = new Set(picked.map(keyOf));
  const toggle = (one: Contestant) => {
    const key = keyOf(one);
    onPick(chosen.has(key) ? picked.filter((other) => keyOf(other) !== key) : [...picked, one]);
  };
  const models = preselected.filter((one) => !('preset' in one));
  return (
    <ul className="flex flex-col gap-1">
      {models.map((one) => (
        <Row
          key={keyOf(one)}
          label={keyOf(one)}
          note={t.fromBench}
          checked={chosen.has(keyOf(one))}
          onToggle={() => toggle(one)}
        />
      ))}
      {presets?.presets.map(({ id, rank, current: { provider, model } }) => {
        const found = measured?.ranks.find(({ preset }) => preset === id);
        return (
          <Row
            key={id}
            label={id}
            note={`${provider}/${model}${found ? ` · ${t.quoted(rank, measuredText(found))}` : ''}`}
            checked={chosen.has(id)}
            onToggle={() => toggle({ preset: id })}
          />
        );
      })}
    </ul>
  );
}

interface RowProps {
  label: string;
  note: string;
  checked: boolean;
  onToggle: () => void;
}

function Row({ label, note, checked, onToggle }: RowProps) {
  return (
    <li className="flex min-h-6 items-center gap-2">
      <CheckBox label={label} checked={checked} onChange={onToggle} />
      <span className="num">{label}</span>
      <span className="min-w-0 flex-1 truncate text-sm text-ink-faint" title={note}>
        {note}
      </span>
    </li>
  );
}
