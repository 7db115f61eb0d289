import { useCommand } from '../../../api/use-command.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { Switch } from '../../../ui/switch.tsx';
import { ErrorLine } from '../../../ui/error-line.tsx';

const t = providersMessages.providers;

interface FlagSwitchesProps {
  flags: readonly string[];
  isOn: (flag: string) => boolean;
}

/** The flags that allow calls to a cloud provider; one of them is enough. */
export function FlagSwitches({ flags, isOn }: FlagSwitchesProps) {
  const setFeature = useCommand('features.set');
  const note = (flag: string) =>
    [isOn(flag) ? t.flagOn : t.flagOff, flag === 'enable_public_llm' ? t.flagAll : '']
      .filter(Boolean)
      .join(' ');
  return (
    <div className="flex flex-col gap-1">
      {flags.map((flag) => (
        <Switch
          key={flag}
          checked={isOn(flag)}
          disabled={setFeature.isPending}
          onChange={(enabled) => setFeature.mutate({ flag, enabled })}
          label={
            <>
              <code className="num">{flag}</code>
              <span className="text-ink-faint">{note(flag)}</span>
            </>
          }
        />
      ))}
      <ErrorLine text={setFeature.error?.message} />
    </div>
  );
}
