import { Circle, Lock, PencilLine } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ProviderView } from '../../../../contract/provider.ts';
import type { PresetForms } from '../../../../contract/user-preset.ts';
import { lacksKey } from '../../../api/provider-status.ts';
import { messages } from '../../../messages.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { clsx } from 'clsx';
import { formatList, formatPrice } from '../../../ui/format.ts';
import { MeasuredRankMark } from '../../../ui/measured-rank.tsx';
import { openPreset } from '../selection.ts';

const t = modulesMessages.modules;

interface PresetRowProps {
  module: string;
  preset: PresetForms;
  provider: ProviderView | undefined;
  isActive: boolean;
  unsaved: boolean;
  selected: boolean;
  /** The preset that replaces this one. */
  standIn: PresetForms | undefined;
}

/** Rounded to cents to compare presets by; the preset's page has the full price. */
const shortPrice = (usd: number) => formatPrice(usd < 0.1 ? Number(usd.toFixed(3)) : Number(usd.toFixed(2)));

/** USD per million input and output tokens, in short form for the narrow list. */
function rowPrice(provider: ProviderView | undefined, id: string): string {
  if (provider?.kind === 'local' || provider?.kind === 'stub') return t.free;
  const pricing = provider?.models.find((model) => model.id === id || model.wire_id === id)?.pricing;
  return pricing ? `${shortPrice(pricing.input)} / ${shortPrice(pricing.output)}` : t.noPrice;
}

/** One preset of the list: its rank, its model, and its state as labelled marks. */
export function PresetRow(props: PresetRowProps) {
  const { module, preset, provider, isActive, unsaved, selected } = props;
  const { id, rank, dirty, current } = preset;
  const { status, successor } = current.lifecycle;
  const isRetired = status === 'retired' || status === 'never_released';
  const standIn = isRetired ? props.standIn : undefined;
  const locked = provider !== undefined && lacksKey(provider);
  const text = [
    isActive && t.rowActive,
    dirty && t.rowEdited,
    unsaved && t.rowUnsaved,
    isRetired && messages.lifecycle[status],
    isRetired && successor !== null && messages.lifecycle.successor(successor),
    locked && t.rowNeedsKey,
  ].filter((word) => typeof word === 'string');
  // Copies of one model would all look alike, so a user's preset shows its id.
  const own = preset.shipped === null;
  const label = provider?.label ?? current.provider;
  const price = rowPrice(provider, current.model);
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Keyboard shortcuts and addresses can select a preset that is out of sight.
    if (selected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <button
      ref={row}
      type="button"
      data-row
      data-menu={id}
      data-menu-label={id}
      aria-current={selected || undefined}
      title={[id, label, t.rowPrice(price), ...text].join('\n')}
      onClick={() => openPreset(module, id)}
      className={clsx(
        'mx-1.5 flex h-10 shrink-0 items-center gap-1.5 rounded-md px-1.5 text-left transition-colors',
        selected ? 'bg-accent-soft text-ink' : 'hover:bg-hover',
      )}
    >
      <Circle
        size={12}
        aria-hidden="true"
        className={clsx('shrink-0', isActive ? 'fill-accent text-accent' : 'text-line-strong')}
      />
      <span className="num w-4 shrink-0 text-right text-ink-faint">{rank}</span>
      <span className="flex min-w-0 flex-1 flex-col">
        <span className={clsx('num truncate', isRetired && 'text-ink-soft line-through')}>
          {own ? id : current.model}
        </span>
        <span aria-hidden="true" className="num truncate text-xs text-ink-faint">
          {standIn ? t.followedBy(standIn.rank) : price}
        </span>
      </span>
      <span className="sr-only">
        {formatList([...(own ? [current.model] : []), label, price, ...text].filter(Boolean))}
      </span>
      <MeasuredRankMark module={module} preset={id} quoted={rank} />
      {unsaved && <PencilLine size={11} aria-hidden="true" className="shrink-0 text-warn" />}
      {dirty && <span aria-hidden="true" className="size-1.5 shrink-0 rounded-full bg-accent" />}
      {locked && !isRetired && <Lock size={11} aria-hidden="true" className="shrink-0 text-ink-faint" />}
    </button>
  );
}
