import { useCommand } from '../../api/use-command.ts';
import { useOperation } from '../../api/use-operation.ts';
import { settingsMessages } from '../../messages/settings-messages.ts';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Section } from './section.tsx';
import { ErrorLine } from '../../ui/error-line.tsx';

const t = settingsMessages.settings.calls;
const choices = [7, 30, 90, 180, 365, 730];

/** What the call log stores, and for how long. */
export function CallLogSettings() {
  const settings = useOperation('settings.get', {});
  const update = useCommand('settings.update');
  if (!settings.data) return null;
  const { record_bodies: bodies, keep_calls_days: days } = settings.data;
  // A number that was written into the file by hand is also offered.
  const all = [...new Set([...choices, days])].sort((a, b) => a - b);
  return (
    <Section title={t.title}>
      <Switch label={t.bodies} checked={bodies} onChange={(next) => update.mutate({ record_bodies: next })} />
      <p className="text-sm text-ink-faint">{t.bodiesHelp}</p>
      <Select
        label={t.days}
        groups={[{ options: all.map((value) => ({ value: String(value), label: t.range(value) })) }]}
        value={String(days)}
        onChange={(next) => update.mutate({ keep_calls_days: Number(next) })}
        className="w-fit"
      />
      <p className="text-sm text-ink-faint">{t.daysHelp}</p>
      <ErrorLine text={update.error?.message} />
    </Section>
  );
}
