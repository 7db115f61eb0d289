import { useState } from 'react';
import type { SpendView } from '../../../../contract/call-log.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { DayChart } from '../../../ui/chart/day-chart.tsx';
import { formatCount, formatUsd } from '../../../ui/format.ts';
import { Segments } from '../../../ui/segments.tsx';
import type { DaySum } from './spend-days.ts';
import { daySums } from './spend-days.ts';
import { Section } from '../../../ui/section.tsx';

const t = serverMessages.server.spend;
type Form = 'chart' | 'table';
const forms = () => (['chart', 'table'] as const).map((value) => ({ value, label: t.forms[value] }));

/** Spend as bars with a line at the daily limit, or the same figures as a table. */
export function SpendByDay({ spend, limit }: { spend: SpendView; limit: number | null }) {
  const [form, setForm] = useState<Form>('chart');
  // Bars of nothing are no chart; the table still counts the calls.
  const hasChart = spend.total_usd > 0;
  const days = daySums(spend);
  const calls = days.reduce((sum, day) => sum + day.calls, 0);
  const summary = t.summary(formatUsd(spend.total_usd), formatCount(calls), days.length);
  return (
    <Section
      look="page"
      title={t.perDay}
      action={hasChart && <Segments<Form> label={t.view} options={forms()} value={form} onChange={setForm} />}
    >
      <p className="num">
        {summary}{' '}
        <span className="text-ink-faint">· {limit === null ? t.noLimit : t.limit(formatUsd(limit))}</span>
      </p>
      {calls === 0 && <p className="text-ink-soft">{t.nothing}</p>}
      {calls > 0 && spend.total_usd === 0 && <p className="text-ink-soft">{t.nothingSpent}</p>}
      {hasChart && form === 'chart' && (
        <DayChart
          label={`${t.perDay}: ${summary}`}
          days={days.map((sum) => ({ day: sum.day, value: sum.usd, title: titleOf(sum) }))}
          limit={limit === null ? null : { value: limit, label: t.limit(formatUsd(limit)) }}
          format={formatUsd}
        />
      )}
      {calls > 0 && (form === 'table' || !hasChart) && (
        <DayTable days={days.filter((day) => day.calls > 0).reverse()} />
      )}
      {calls > 0 && <p className="text-sm text-ink-faint">{t.unpriced}</p>}
    </Section>
  );
}

function titleOf({ day, usd, providers }: DaySum): string {
  const parts = providers.map((one) => `${one.provider} ${formatUsd(one.usd)} (${formatCount(one.calls)})`);
  return [`${day}: ${formatUsd(usd)}`, ...parts].join('\n');
}

function DayTable({ days }: { days: readonly DaySum[] }) {
  return (
    <table className="w-full max-w-120 text-left">
      <thead>
        <tr className="border-b border-line text-sm text-ink-faint">
          <th className="h-7 font-normal">{t.day}</th>
          <th className="text-right font-normal">{t.usd}</th>
          <th className="text-right font-normal">{t.calls}</th>
          <th className="text-right font-normal">{t.failed}</th>
        </tr>
      </thead>
      <tbody className="num">
        {days.map((sum) => (
          <tr key={sum.day} title={titleOf(sum)} className="border-b border-line">
            <th scope="row" className="h-7 font-normal">
              {sum.day}
            </th>
            <td className="text-right">{formatUsd(sum.usd)}</td>
            <td className="text-right">{formatCount(sum.calls)}</td>
            <td className="text-right">{formatCount(sum.failed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
