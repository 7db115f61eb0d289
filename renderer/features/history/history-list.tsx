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

const words = historyMessages.history;
const any = (): SelectOption => ({ value: '', label: words.any });
const input = 'h-7 min-w-0 rounded-md border border-line-strong bg-raised px-2';

const modes: readonly HistoryFilter['mode'][] = ['all', 'live', 'dry', 'mock'];
const modeOptions = () =>
  modes.map((value) => ({
    value,
    label: value === 'all' ? words.all : words.modeLabels[value],
    title: value === 'all' ? undefined : words.modeHelp[value as CallRecord['mode']],
  }));
const resultOptions = () =>
  [
    { value: 'all', label: words.all },
    { value: 'ok', label: words.ok },
    { value: 'failed', label: words.failed },
  ] as const;

const dayMs = 86_400_000;
const dayBefore = (days: number) => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);

const named = (names: readonly string[]): SelectOption[] =>
  names.map((name) => ({ value: name, label: name }));

/** What is to be listed. */
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
    <Section look="list" title={words.filters}>
      <div className="flex flex-col gap-2 px-3 pt-0.5">
        <input
          ref={search}
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          title={words.searchHelp}
          value={filter.text}
          onChange={(event) => setFilter({ text: event.target.value })}
          className={input}
        />
        <Segments
          label={words.mode}
          options={modeOptions()}
          value={filter.mode}
          onChange={(mode) => setFilter({ mode })}
        />
        <Segments
          label={words.result}
          options={resultOptions()}
          value={filter.result}
          onChange={(result) => setFilter({ result })}
        />
        <Select
          label={words.module}
          groups={[{ options: [any(), ...named(Object.keys(registry?.defaults.modules ?? {}))] }]}
          value={filter.module}
          onChange={(module) => setFilter({ module })}
        />
        <Select
          label={words.provider}
          groups={[{ options: [any(), ...named(providers.map(({ name }) => name))] }]}
          value={filter.provider}
          onChange={(provider) => setFilter({ provider })}
        />
        <Combo
          label={words.model}
          options={named([...models])}
          value={filter.model}
          placeholder={words.any}
          onChange={(model) => setFilter({ model })}
        />
        <fieldset className="flex flex-col gap-1">
          <legend className="text-sm text-ink-faint">{words.days}</legend>
          {(['since', 'until'] as const).map((end) => (
            <label key={end} className="flex items-center gap-2">
              <span className="w-9 shrink-0 text-sm text-ink-faint">{words[end]}</span>
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
          <Button onClick={() => setFilter({ since: dayBefore(0), until: dayBefore(0) })}>
            {words.today}
          </Button>
          <Button onClick={() => setFilter({ since: dayBefore(6), until: dayBefore(0) })}>
            {words.week}
          </Button>
          <Button
            look="quiet"
            disabled={!isFiltered(filter)}
            title={isFiltered(filter) ? undefined : words.nothingToClear}
            onClick={clearFilter}
          >
            {words.clear}
          </Button>
        </div>
      </div>
    </Section>
  );
}
