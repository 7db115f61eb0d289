import { useCommand } from '../../api/use-command.ts';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { settingsMessages } from '../../messages/settings-messages.ts';
import { goTo } from '../../state/view.ts';
import { Button } from '../../ui/button.tsx';
import { FactList } from '../../ui/facts.tsx';
import { Section } from './section.tsx';
import { ErrorLine } from '../../ui/error-line.tsx';

const t = settingsMessages.settings;
const folders = () =>
  [
    { folder: 'data', label: t.openFolder },
    { folder: 'config', label: t.openConfig },
    { folder: 'logs', label: t.openLogs },
  ] as const;

/** Where data, settings, logs and keys are stored. */
export function DataAndKeys() {
  const status = useOperation('server.status', {});
  const about = useOperation('app.about', {});
  const open = useCommand('app.openFolder');
  if (!status.data) return null;
  const { runtime_root: root, key_store: store, listening } = status.data;
  const isSession = store === 'session';
  const canOpen = about.data?.opens_folders ?? false;
  return (
    <Section title={t.data}>
      <FactList
        facts={[
          { label: t.runtimeRoot, value: <code className="num">{root}</code> },
          { label: t.keyStore, value: isSession ? messages.frame.sessionStore : store },
          { label: t.address, value: <code className="num">{listening ?? messages.ui.none}</code> },
        ]}
      />
      {isSession && <p className="text-sm text-warn">{t.sessionKeys}</p>}
      <div className="flex flex-wrap gap-2">
        {folders().map(({ folder, label }) => (
          <Button
            key={folder}
            disabled={!canOpen || open.isPending}
            title={canOpen ? undefined : t.openNot}
            onClick={() => open.mutate({ folder })}
          >
            {label}
          </Button>
        ))}
        <Button onClick={() => goTo('server', 'flags')}>{t.openFlags}</Button>
      </div>
      <ErrorLine text={open.error?.message} />
    </Section>
  );
}
