import type { MeasuredRank } from '../../contract/trials.ts';
import { useOperation } from '../api/use-operation.ts';
import { trialsMessages } from '../messages/trials-messages.ts';
import { formatDay } from './format.ts';

/** A measured rank in words: `measured 1 of 3 on my game, 12 November 2026`. */
export function measuredText({ rank, tied, of, set_title, measured_at }: MeasuredRank): string {
  const shown = `${rank}${tied ? '=' : ''}`;
  return trialsMessages.trials.measured(shown, of, set_title, formatDay(measured_at));
}

/** What the latest trial measured, beside the rank that is quoted. Nothing where nothing was measured. */
export function MeasuredRankMark({
  module,
  preset,
  quoted,
}: {
  module: string;
  preset: string;
  quoted: number;
}) {
  const { data } = useOperation('trials.ranks', { module });
  const found = data?.ranks.find((one) => one.preset === preset);
  if (!found) return null;
  const text = trialsMessages.trials.quoted(quoted, measuredText(found));
  return (
    <span title={text} className="num shrink-0 rounded-sm bg-accent-soft px-1 text-xs text-accent-strong">
      <span aria-hidden="true">
        {found.rank}
        {found.tied ? '=' : ''}
      </span>
      <span className="sr-only">{text}</span>
    </span>
  );
}
