import type { MeasuredRank } from '../../contract/trials.ts';
import { useOperation } from '../api/use-operation.ts';
import { trialsMessages } from '../messages/trials-messages.ts';
import { goTo } from '../state/view.ts';
import { formatDay } from './format.ts';

/** A measured rank as text: `measured 1 of 3 on my game, 12 November 2026`. */
export function measuredText({ rank, tied, of, set_title, measured_at }: MeasuredRank): string {
  const shown = `${rank}${tied ? '=' : ''}`;
  return trialsMessages.trials.measured(shown, of, set_title, formatDay(measured_at));
}

interface MeasuredProps {
  module: string;
  preset: string;
  /** The rank in the seed list. */
  quoted: number;
}

function useMeasured(module: string, preset: string): MeasuredRank | undefined {
  const { data } = useOperation('trials.ranks', { module });
  return data?.ranks.find((one) => one.preset === preset);
}

/** `quoted 3 · measured 1 of 4 on my game, 12 November 2026`; a click opens the trial. */
export function MeasuredRankLine({ module, preset, quoted }: MeasuredProps) {
  const found = useMeasured(module, preset);
  if (!found) return null;
  return (
    <button
      type="button"
      className="text-accent-strong underline-offset-2 hover:underline"
      onClick={() => goTo('trials', found.trial)}
    >
      {trialsMessages.trials.quoted(quoted, measuredText(found))}
    </button>
  );
}

/** The rank measured by the latest trial, beside the quoted rank. Nothing without a measurement. */
export function MeasuredRankMark({ module, preset, quoted }: MeasuredProps) {
  const found = useMeasured(module, preset);
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
