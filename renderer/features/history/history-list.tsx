import { useRef } from 'react';
import type { CallRecord } from '../../../contract/call-log.ts';
import { useOperation } from '../../api/use-operation.ts';
import { historyMessages } from '../../messages/history-messages.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { Combo } from '../../ui/combo.tsx';
import { Segments } from '../../ui/segments.tsx';
import type { SelectOption } from '../../ui/select.tsx';
import { Select } from '../../ui/select.tsx';
import type { HistoryFilter } from './history-filter.ts';
import { clearFilter, isFiltered, setFilter, useFilter } from './history-filter.ts';
import { Section } from '../../ui/section.tsx';

const t = historyMessages.history;
const any = (): SelectOption => ({ value: '', label: t.any });
const input = 'h-7 min-w-0 rounded-md border border-line-strong bg-raised px-2';

const modes: readonly HistoryFilter['mode'][] = ['all', 'live', 'dry', 'mock'];
const modeOptions = () =>
  modes.map((value) => ({
    value,
    label: value === 'all' ? t.all : t.modeLabels[value],
    title: value === 'all' ? undefined : t.modeHelp[value as CallRecord['mode']],
  }));
const resultOptions = () =>
  [
    { value: 'all', label: t.all },
    { value: 'ok', label: t.ok },
    { value: 'failed', label: t.failed },
  ] as const;

const dayMs = 86_400_000;
const dayBefore = (days: number) => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);

const optionsOf = (names: readonly string[]): SelectOption[] =>
  names.map((name) => ({ value: name, label: name }));

/** The filters of the list. */
export function HistoryList() {
  const filter = useFilter();
  const registry = useOperation('registry.get', {}).data;
  const search = useRef<HTMLInputElement>(null);
  useShortcut('filter', () => search.current?.select());
  const providers = registry?.providers ?? [];
  const models = new Set(
    providers
      .filter(({ name }) => filter.provider === '' || name === filter.provider)
      .flatMap((provider) => provider.models.map(({ id }) => id)),
  );
  return (
    <Section look="list" title={t.filters}>
      <div className="flex flex-col gap-2 px-3 pt-0.5">
        <input
          ref={search}
          type="search"
          aria-label={t.search}
          placeholder={t.search}
          title={t.searchHelp}
          value={filter.text}
          onChange={(event) => setFilter({ text: event.target.value })}
          className={input}
        />
        <Segments
          label={t.mode}
          options={modeOptions()}
          value={filter.mode}
          onChange={(mode) => setFilter({ mode })}
        />
        <Segments
          label={t.result}
          options={resultOptions()}
          value={filter.result}
          onChange={(result) => setFilter({ result })}
        />
        <Select
          label={t.module}
          groups={[{ options: [any(), ...optionsOf(Object.keys(registry?.defaults.modules ?? {}))] }]}
          value={filter.module}
          onChange={(module) => setFilter({ module })}
        />
        <Select
          label={t.provider}
          groups={[{ options: [any(), ...optionsOf(providers.map(({ name }) => name))] }]}
          value={filter.provider}
          onChange={(provider) => setFilter({ provider })}
        />
        <Combo
          label={t.model}
          options={optionsOf([...models])}
          value={filter.model}
          placeholder={t.any}
          onChange={(model) => setFilter({ model })}
        />
        <fieldset className="flex flex-col gap-1">
          <legend className="text-sm text-ink-faint">{t.days}</legend>
          {(['since', 'until'] as const).map((end) => (
            <label key={end} className="flex items-center gap-2">
              <span className="w-9 shrink-0 text-sm text-ink-faint">{t[end]}</span>
              <input
                type="date"
                value={filter[end]}
                onChange={(event) => setFilter({ [end]: event.target.value })}
                className={`${input} flex-1`}
              />
            </label>
          ))}
        </fieldset>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setFilter({ since: dayBefore(0), until: dayBefore(0) })}>{t.today}</Button>
          <Button onClick={() => setFilter({ since: dayBefore(6), until: dayBefore(0) })}>{t.week}</Button>
          <Button
            look="quiet"
            disabled={!isFiltered(filter)}
            title={isFiltered(filter) ? undefined : t.nothingToClear}
            onClick={clearFilter}
          >
            {t.clear}
          </Button>
        </div>
      </div>
    </Section>
  );
}
