import { useState } from 'react';
import type { WirePlan } from '../../../contract/plan.ts';
import { messages } from '../../messages.ts';
import { CodeBlock } from '../code-block.tsx';
import { CopyButton } from '../copy-button.tsx';
import { FactList } from '../facts.tsx';
import { formatCount } from '../format.ts';
import { Segments } from '../segments.tsx';
import { HeaderList } from './header-list.tsx';

const t = messages.call;

/** Method, URL, headers and body, as they would be sent. */
export function RequestTab({ plan }: { plan: WirePlan }) {
  const [form, setForm] = useState<'pretty' | 'raw'>('pretty');
  const raw = JSON.stringify(plan.body);
  const shown = form === 'pretty' ? JSON.stringify(plan.body, null, 2) : raw;
  return (
    <div className="flex flex-col gap-3 p-3">
      <p className="num flex gap-2">
        <span className="font-semibold">{plan.method}</span>
        <span className="min-w-0 wrap-anywhere">{plan.url}</span>
      </p>
      <HeaderList headers={plan.headers} />
      <section aria-label={t.body}>
        <header className="mb-1 flex items-center gap-2">
          <h3 className="text-sm text-ink-faint">{t.body}</h3>
          <Segments
            label={t.body}
            options={[
              { value: 'pretty', label: t.pretty },
              { value: 'raw', label: t.raw },
            ]}
            value={form}
            onChange={setForm}
          />
          <span className="flex-1" />
          <CopyButton text={shown} />
        </header>
        <CodeBlock label={t.body} text={shown} language="json" />
      </section>
      <FactList
        facts={[
          { label: t.bytes, value: <span className="num">{formatCount(plan.bytes)}</span> },
          { label: t.sha256, value: <code className="num text-ink-soft">{plan.sha256}</code> },
        ]}
      />
    </div>
  );
}
