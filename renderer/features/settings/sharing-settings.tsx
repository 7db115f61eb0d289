import { useCommand } from '../../api/use-command.ts';
import { useOperation } from '../../api/use-operation.ts';
import { settingsMessages } from '../../messages/settings-messages.ts';
import { Switch } from '../../ui/switch.tsx';
import { Section } from './section.tsx';
import { ErrorLine } from '../../ui/error-line.tsx';

const t = settingsMessages.settings.sharing;

/** Whether this machine works on runs that were started on another one. */
export function SharingSettings() {
  const settings = useOperation('settings.get', {});
  const update = useCommand('settings.update');
  if (!settings.data) return null;
  const { help_with_runs: helps } = settings.data;
  return (
    <Section title={t.title}>
      <Switch label={t.help} checked={helps} onChange={(next) => update.mutate({ help_with_runs: next })} />
      <p className="text-sm text-ink-faint">{t.about}</p>
      <ErrorLine text={update.error?.message} />
    </Section>
  );
}
