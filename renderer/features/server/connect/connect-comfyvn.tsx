import { useState } from 'react';
import type { ComfyvnAdapter } from '../../../../contract/server-access.ts';
import { useCommand } from '../../../api/use-command.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Page, PageBody } from '../../../ui/page.tsx';
import { Segments } from '../../../ui/segments.tsx';
import { comfyvnEntry } from './comfyvn-entry.ts';
import { RoundTrip } from './round-trip.tsx';
import { Section } from '../../../ui/section.tsx';

const t = serverMessages.server.connect;
const adapters = () =>
  (['proxy', 'openai_compat'] as const).map((value) => ({ value, label: t.adapters[value] }));

/** The entry for ComfyVN's registry, and a test that its adapter gets an answer. */
export function ConnectComfyvn() {
  const status = useOperation('server.status', {});
  const access = useOperation('server.access', {});
  const [adapter, setAdapter] = useState<ComfyvnAdapter>('proxy');
  const test = useCommand('server.connectTest');
  if (!status.data) return null;
  const { listening } = status.data;
  const stopped = listening === null;
  const entry = stopped ? null : comfyvnEntry(adapter, listening);
  const choose = (next: ComfyvnAdapter) => {
    setAdapter(next);
    test.reset();
  };
  return (
    <Page title={serverMessages.server.pages.connect}>
      <PageBody columns>
        <div className="flex flex-col gap-5">
          <p className="text-ink-soft">{t.intro}</p>
          <div className="flex flex-wrap items-center gap-3">
            <Segments label={t.entry('ComfyVN')} options={adapters()} value={adapter} onChange={choose} />
            <span className="text-ink-faint">{adapter === 'proxy' ? t.proxyHelp : t.openaiHelp}</span>
          </div>
          {entry === null ? (
            <p role="status" className="text-warn">
              {t.stopped}
            </p>
          ) : (
            <Section
              look="page"
              title={t.entry(t.adapters[adapter])}
              action={<CopyButton text={entry} label={t.copy} />}
            >
              <CodeBlock label={t.entry(t.adapters[adapter])} text={entry} language="json" />
              <p className="text-sm text-ink-faint">{t.modelHint}</p>
              {access.data?.token.required && (
                <p className="text-warn">{serverMessages.server.tokenComfyvn}</p>
              )}
            </Section>
          )}
        </div>
        <div className="flex flex-col gap-5">
          <div className="flex flex-wrap items-center gap-3">
            <Button
              look="primary"
              disabled={stopped || test.isPending}
              title={stopped ? t.stopped : t.testHelp}
              onClick={() => test.mutate({ adapter })}
            >
              {test.isPending ? t.testing : t.test}
            </Button>
            <span className="text-ink-faint">{t.testHelp}</span>
          </div>
          {test.error && <ErrorCard error={test.error.info} />}
          {test.data && <RoundTrip result={test.data} />}
        </div>
      </PageBody>
    </Page>
  );
}
