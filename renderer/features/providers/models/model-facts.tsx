import { X } from 'lucide-react';
import { messages } from '../../../messages.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { goTo } from '../../../state/view.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import type { Fact } from '../../../ui/facts.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { formatCount, formatList } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { LifecycleBadge } from '../../../ui/lifecycle-badge.tsx';
import { checkedText, priceSource, priceText } from './model-columns.tsx';
import type { ModelRow } from './model-rows.ts';
import { tryOnBench } from './try-on-bench.ts';

const t = providersMessages.providers;

function factsOf(row: ModelRow): Fact[] {
  const { model, provider } = row;
  const { wire_id: wireId, context, pricing, lifecycle, tags } = model;
  return [
    { label: t.form.provider, value: provider.label },
    ...(wireId !== null && wireId !== model.id ? [{ label: t.wireId, value: wireId }] : []),
    ...(context === null ? [] : [{ label: t.column.context, value: formatCount(context) }]),
    {
      label: t.column.price,
      value: priceText(row),
      ...(pricing && { note: [messages.call.asOf(pricing.as_of), priceSource(model)].join(' · ') }),
    },
    ...(model.checked === null
      ? []
      : [
          {
            label: t.column.checked,
            value: checkedText(model),
            note: t.checkedBy(model.checked.source, model.checked.as_of),
          },
        ]),
    ...(lifecycle.successor === null ? [] : [{ label: t.successor, value: lifecycle.successor }]),
    { label: t.column.tags, value: formatList(tags) },
  ];
}

/** Everything known about one model, below the table it was picked in. */
export function ModelFacts({ row, onClose }: { row: ModelRow; onClose: () => void }) {
  const { model, provider, usedBy } = row;
  return (
    <section
      aria-label={model.label}
      className="flex max-h-1/2 shrink-0 flex-col gap-2 overflow-y-auto border-t border-line-strong bg-panel px-3 py-2"
    >
      <header className="flex items-center gap-2">
        <h2 className="font-medium">{model.label}</h2>
        <code className="num min-w-0 truncate text-ink-soft">{model.id}</code>
        <CopyButton text={`${provider.name}/${model.id}`} label={t.copyId} />
        <LifecycleBadge lifecycle={model.lifecycle} />
        <span className="flex-1" />
        <Button onClick={() => tryOnBench(provider.name, model.id)}>{t.tryIt}</Button>
        <IconButton icon={X} label={messages.ui.close} onClick={onClose} />
      </header>
      {model.description && <p className="text-ink-soft">{model.description}</p>}
      <Facts facts={factsOf(row)} />
      {usedBy.length > 0 && (
        <div className="flex flex-wrap items-center gap-1.5">
          <span className="text-xs text-ink-faint">{t.column.used}</span>
          {usedBy.map(({ module, preset, active }) => (
            <Button
              key={`${module} ${preset}`}
              className="h-5.5 text-sm"
              title={active ? t.servesNow(module) : undefined}
              onClick={() => goTo('modules', module, preset)}
            >
              {module} · {preset}
              {active && ` · ${t.active}`}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}
