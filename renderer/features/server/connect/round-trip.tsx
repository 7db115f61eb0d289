import { CircleCheck, CircleX } from 'lucide-react';
import type { ConnectResult } from '../../../../contract/server-access.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { FactList } from '../../../ui/facts.tsx';
import { formatDuration } from '../../../ui/format.ts';
import { showCall } from '../show-call.ts';
import { Section } from '../../../ui/section.tsx';

const t = serverMessages.server.connect;

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The request, the response, and how ComfyVN reads the response. */
export function RoundTrip({ result }: { result: ConnectResult }) {
  const { request, response, reply, proved, ms } = result;
  const Icon = proved ? CircleCheck : CircleX;
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  const id = response.request_id;
  return (
    <>
      <div role="status" className="flex items-center gap-2">
        <Icon size={16} aria-hidden="true" className={proved ? 'text-ok' : 'text-bad'} />
        <strong className="font-medium">{proved ? t.proved : t.notProved}</strong>
        <span className="num text-ink-soft">{t.what(response.status, formatDuration(ms))}</span>
      </div>
      <FactList
        facts={[
          { label: t.read, value: reply === null ? t.nothingRead : <q className="num">{reply}</q> },
          ...(id === null ? [] : [{ label: t.id, value: <code className="num">{id}</code> }]),
        ]}
      />
      {id !== null && (
        <div>
          <Button onClick={() => void showCall(id)}>{t.openCall}</Button>
        </div>
      )}
      <Section look="page" title={t.sent}>
        <CodeBlock
          label={t.sent}
          text={[`${request.method} ${request.url}`, ...headers, '', pretty(request.body)].join('\n')}
        />
      </Section>
      <Section look="page" title={t.came}>
        <CodeBlock label={t.came} text={pretty(response.body)} language="json" />
      </Section>
    </>
  );
}
