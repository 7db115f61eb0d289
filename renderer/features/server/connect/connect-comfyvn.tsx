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

const words = serverMessages.server.connect;
const adapters = () => (['proxy', 'openai_compat'] as const).map((value) => ({ value, label: words[value] }));

/** The entry for ComfyVN's registry, and the proof that its adapter gets an answer. */
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
      <PageBody>
        <p className="text-ink-soft">{words.intro}</p>
        <div className="flex flex-wrap items-center gap-3">
          <Segments label={words.entry('ComfyVN')} options={adapters()} value={adapter} onChange={choose} />
          <span className="text-ink-faint">{adapter === 'proxy' ? words.proxyHelp : words.openaiHelp}</span>
        </div>
        {entry === null ? (
          <p role="status" className="text-warn">
            {words.stopped}
          </p>
        ) : (
          <Section
            look="page"
            title={words.entry(words[adapter])}
            action={<CopyButton text={entry} label={words.copy} />}
          >
            <CodeBlock label={words.entry(words[adapter])} text={entry} language="json" />
            <p className="text-sm text-ink-faint">{words.modelHint}</p>
            {access.data?.token.required && <p className="text-warn">{serverMessages.server.tokenComfyvn}</p>}
          </Section>
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button
            look="primary"
            disabled={stopped || test.isPending}
            title={stopped ? words.stopped : words.testHelp}
            onClick={() => test.mutate({ adapter })}
          >
            {test.isPending ? words.testing : words.test}
          </Button>
          <span className="text-ink-faint">{words.testHelp}</span>
        </div>
        {test.error && <ErrorCard error={test.error.info} />}
        {test.data && <RoundTrip result={test.data} />}
      </PageBody>
    </Page>
  );
}
