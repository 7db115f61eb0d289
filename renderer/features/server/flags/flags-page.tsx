import type { FlagView } from '../../../../contract/operations/server.ts';
import { useCommand } from '../../../api/use-command.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { codedText } from '../../../api/coded-text.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { Page, PageBody } from '../../../ui/page.tsx';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { Section } from '../../../ui/section.tsx';
import { ErrorLine } from '../../../ui/error-line.tsx';
import { formatList } from '../../../ui/format.ts';

const t = serverMessages.server.flags;

/** Every feature flag, and the file that holds them. */
export function FlagsPage() {
  const flags = useOperation('features.get', {});
  if (flags.isError) return <QueryFailure error={flags.error.info} onRetry={() => void flags.refetch()} />;
  if (!flags.data) return null;
  const { warning } = flags.data;
  const known = flags.data.flags.filter((flag) => flag.known);
  const others = flags.data.flags.filter((flag) => !flag.known);
  return (
    <Page title={serverMessages.server.pages.flags}>
      <PageBody columns>
        <div className="flex flex-col gap-1 @5xl:order-last">
          <p>
            <span className="text-ink-faint">{t.file}</span>{' '}
            <code className="num wrap-anywhere">{flags.data.file}</code>
          </p>
          <p className="text-ink-soft">{t.intro}</p>
          <ErrorLine text={warning && codedText('file_problem', warning, flags.data.warning_detail)} />
        </div>
        <Section look="page" title={t.known}>
          <KnownFlags flags={known} />
        </Section>
        {others.length > 0 && (
          <Section look="page" title={t.unknown}>
            <p className="text-ink-soft">{t.unknownHelp}</p>
            <dl className="grid grid-cols-[minmax(12rem,auto)_1fr] gap-x-4 gap-y-1">
              {others.map(({ name, value }) => (
                <div key={name} className="contents">
                  <dt className="num">{name}</dt>
                  <dd className="num min-w-0 truncate text-ink-soft" title={JSON.stringify(value)}>
                    {JSON.stringify(value)}
                  </dd>
                </div>
              ))}
            </dl>
          </Section>
        )}
      </PageBody>
    </Page>
  );
}

function KnownFlags({ flags }: { flags: readonly FlagView[] }) {
  const setFeature = useCommand('features.set');
  return (
    <>
      <ul className="flex flex-col">
        {flags.map((flag) => (
          <li
            key={flag.name}
            className="flex min-h-8 items-center gap-3 border-b border-line py-1.5 last:border-0"
          >
            <Switch
              label={
                <code className="num w-60 shrink-0 truncate" title={flag.name}>
                  {flag.name}
                </code>
              }
              checked={flag.enabled}
              disabled={flag.variable !== null || setFeature.isPending}
              title={flag.variable === null ? undefined : t.setBy(flag.variable)}
              onChange={(enabled) => setFeature.mutate({ flag: flag.name, enabled })}
            />
            <span className="min-w-0 flex-1 text-ink-soft">{wordsOf(flag)}</span>
            <span className="w-8 shrink-0">{flag.enabled ? t.on : t.off}</span>
            <span
              className="w-20 shrink-0 text-right text-sm text-ink-faint"
              title={flag.variable ?? undefined}
            >
              {t.sources[flag.source]}
            </span>
          </li>
        ))}
      </ul>
      <ErrorLine text={setFeature.error?.message} />
    </>
  );
}

function wordsOf({ name, providers }: FlagView): string {
  return t.of[name] ?? t.providerFlag(formatList(providers));
}
