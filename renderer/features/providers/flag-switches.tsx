import { Switch } from '@base-ui/react/switch';
import { useCommand } from '../../api/use-command.ts';
import { messages } from '../../messages.ts';

const words = messages.providers;

interface FlagSwitchesProps {
  flags: readonly string[];
  isOn: (flag: string) => boolean;
}

/** The flags that let a cloud provider be called: any one of them does. */
export function FlagSwitches({ flags, isOn }: FlagSwitchesProps) {
  const setFeature = useCommand('features.set');
  return (
    <div className="flex flex-col gap-1">
      {flags.map((flag) => (
        <label key={flag} className="flex items-center gap-2">
          <Switch.Root
            checked={isOn(flag)}
            disabled={setFeature.isPending}
            onCheckedChange={(enabled) => setFeature.mutate({ flag, enabled })}
            className="flex h-4 w-7 shrink-0 rounded-full border border-line-strong bg-sunken p-px transition-colors data-checked:border-accent data-checked:bg-accent"
          >
            <Switch.Thumb className="size-3 rounded-full bg-ink-soft transition-transform data-checked:translate-x-3 data-checked:bg-on-accent" />
          </Switch.Root>
          <code className="num">{flag}</code>
          <span className="text-ink-faint">{isOn(flag) ? words.flagOn : words.flagOff}</span>
          {flag === 'enable_public_llm' && <span className="text-ink-faint">{words.flagAll}</span>}
        </label>
      ))}
      {setFeature.error && (
        <span role="alert" className="text-bad">
          {setFeature.error.message}
        </span>
      )}
    </div>
  );
}
