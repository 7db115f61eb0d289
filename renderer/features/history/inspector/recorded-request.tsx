import type { CallDetail, KeptRequest } from '../../../../contract/call-log.ts';
import { messages } from '../../../messages.ts';
import { historyMessages } from '../../../messages/history-messages.ts';
import { CodeBlock } from '../../../ui/code-block.tsx';
import type { Fact } from '../../../ui/facts.tsx';
import { FactList } from '../../../ui/facts.tsx';
import { formatCount } from '../../../ui/format.ts';
import { KeepBodies } from './keep-bodies.tsx';

const t = historyMessages.history;

function factsOf({ bytes, sha256, stream }: CallDetail): Fact[] {
  const facts: Fact[] = [{ label: t.reply, value: stream ? t.streamed : t.whole }];
  if (bytes !== null)
    facts.push({ label: messages.call.bytes, value: <span className="num">{formatCount(bytes)}</span> });
  if (sha256 !== null)
    facts.push({ label: messages.call.sha256, value: <code className="num text-ink-soft">{sha256}</code> });
  return facts;
}

/** What the log has of a request: all of it if it was stored. */
export function RecordedRequest({ call }: { call: CallDetail }) {
  const { request, bodies } = call;
  return (
    <div className="flex flex-col gap-3 p-3">
      {request && <Messages request={request} />}
      {request && <Settings request={request} />}
      {!request && bodies && <Part text={bodies.messages} />}
      {!bodies && <KeepBodies />}
      <FactList facts={factsOf(call)} />
    </div>
  );
}

function textOf(content: KeptRequest['messages'][number]['content']): string {
  return typeof content === 'string' ? content : JSON.stringify(content ?? null, null, 2);
}

function Messages({ request: { messages: recorded } }: { request: KeptRequest }) {
  return (
    <section aria-label={t.messages} className="flex flex-col gap-2">
      <h3 className="text-sm text-ink-faint">{t.messages}</h3>
      {recorded.map(({ role, content }, index) => (
        // Messages of a recorded call never change their order.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index}>
          <h4 className="num mb-0.5 text-ink-soft">{role}</h4>
          <CodeBlock label={`${role} ${index + 1}`} text={textOf(content)} />
        </div>
      ))}
    </section>
  );
}

function Settings({ request: { messages: _messages, ...rest } }: { request: KeptRequest }) {
  return (
    <section aria-label={t.settings}>
      <h3 className="mb-1 text-sm text-ink-faint">{t.settings}</h3>
      <CodeBlock label={t.settings} text={JSON.stringify(rest, null, 2)} language="json" />
    </section>
  );
}

function Part({ text }: { text: string }) {
  return (
    <section aria-label={t.messages}>
      <p className="mb-1 text-ink-soft">{t.notWhole}</p>
      <CodeBlock label={t.messages} text={text} />
    </section>
  );
}
