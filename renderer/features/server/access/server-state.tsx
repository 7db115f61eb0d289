import { CircleAlert, CircleDashed, CirclePause, CirclePlay, TriangleAlert } from 'lucide-react';
import type { ServerStatus } from '../../../../contract/operations/server.ts';
import { errorText } from '../../../api/error-text.ts';
import { noticeTexts } from '../../../api/notice-text.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { settingsMessages } from '../../../messages/settings-messages.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { FactList } from '../../../ui/facts.tsx';
import { ErrorLine } from '../../../ui/error-line.tsx';

const t = serverMessages.server;

const looks = {
  running: { icon: CirclePlay, colour: 'text-ok' },
  failed: { icon: CircleAlert, colour: 'text-bad' },
  stopped: { icon: CirclePause, colour: 'text-warn' },
  stopping: { icon: CircleDashed, colour: 'text-warn' },
  starting: { icon: CircleDashed, colour: 'text-ink-faint' },
} as const;

/** The state in one line, the server's address, and any problem. */
export function ServerState({ status }: { status: ServerStatus }) {
  const { state, listening, error, version } = status;
  const { icon: Icon, colour } = looks[state];
  return (
    <section aria-label={t.pages.state} className="flex flex-col gap-2">
      <div role="status" className="flex min-h-7 flex-wrap items-center gap-2">
        <Icon size={16} aria-hidden="true" className={colour} />
        <strong className="font-medium">{t.states[state]}</strong>
        {listening !== null && (
          <>
            <code className="num">{listening}</code>
            <CopyButton text={listening} label={t.copyAddress} />
          </>
        )}
      </div>
      {state === 'stopped' && <p className="text-ink-soft">{t.stoppedHelp}</p>}
      <ErrorLine text={error && errorText(error)} />
      {noticeTexts(status).map((warning) => (
        <p key={warning} className="flex items-start gap-2 text-warn">
          <TriangleAlert size={14} aria-hidden="true" className="mt-0.5 shrink-0" />
          {warning}
        </p>
      ))}
      <FactList
        facts={[
          ...(listening === null
            ? []
            : [{ label: t.docs, value: <code className="num">{`${listening}/docs`}</code> }]),
          { label: settingsMessages.settings.version, value: <span className="num">{version}</span> },
        ]}
      />
    </section>
  );
}
