import type { SpendView } from '../../../../contract/call-log.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { Meter } from '../../../ui/chart/meter.tsx';
import { formatCount, formatDuration, formatUsd } from '../../../ui/format.ts';
import { Section } from '../../../ui/section.tsx';

const t = serverMessages.server.spend;
const durationText = (ms: number | null) => (ms === null ? '–' : formatDuration(ms));

/** The response time of each provider, fastest first, and what its calls cost. */
export function Latency({ providers }: { providers: SpendView['providers'] }) {
  const sorted = providers.toSorted((a, b) => (a.median_ms ?? Infinity) - (b.median_ms ?? Infinity));
  const slowest = Math.max(...providers.map(({ median_ms: ms }) => ms ?? 0), 1);
  return (
    <Section look="page" title={t.latency}>
      <table className="w-full text-left">
        <thead>
          <tr className="border-b border-line text-sm text-ink-faint">
            <th className="h-7 pr-4 font-normal">{t.provider}</th>
            <th className="w-2/5 font-normal">{t.median}</th>
            <th className="pl-4 text-right font-normal">{t.firstToken}</th>
            <th className="pl-4 text-right font-normal">{t.calls}</th>
            <th className="pl-4 text-right font-normal">{t.failed}</th>
            <th className="pl-4 text-right font-normal">{t.usd}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ provider, median_ms, median_first_token_ms, calls, failed, usd }) => (
            <tr key={provider} className="num border-b border-line">
              <th scope="row" className="h-7 pr-4 font-normal">
                {provider}
              </th>
              <td>
                <div className="flex items-center gap-2">
                  <span className="w-16 shrink-0">{durationText(median_ms)}</span>
                  {median_ms !== null && <Meter share={median_ms / slowest} />}
                </div>
              </td>
              <td className="text-right">{durationText(median_first_token_ms)}</td>
              <td className="text-right">{formatCount(calls)}</td>
              <td className="text-right">{formatCount(failed)}</td>
              <td className="text-right">{formatUsd(usd)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-sm text-ink-faint">{t.latencyHelp}</p>
    </Section>
  );
}
