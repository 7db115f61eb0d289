import { useCommand } from '../../api/use-command.ts';
import { messages } from '../../messages.ts';
import { Button } from '../../ui/button.tsx';

const words = messages.providers;

/** The flag that lets a cloud provider be called, and the button that changes it. */
export function FlagSwitch({ flag, enabled }: { flag: string; enabled: boolean }) {
  const setFeature = useCommand('features.set');
  return (
    <span className="flex flex-wrap items-center gap-2">
      <code className="num">{flag}</code>
      <span className="text-ink-soft">{enabled ? words.flagOn : words.flagOff}</span>
      <Button disabled={setFeature.isPending} onClick={() => setFeature.mutate({ flag, enabled: !enabled })}>
        {enabled ? words.turnOff : words.turnOn}
      </Button>
      {setFeature.error && (
        <span role="alert" className="text-bad">
          {setFeature.error.message}
        </span>
      )}
    </span>
  );
}
