import { ArrowLeft, Equal, EqualNot } from 'lucide-react';
import type { CallDetail, CallRecord } from '../../../../contract/call-log.ts';
import { historyMessages } from '../../../messages/history-messages.ts';
import { setMode, useFrame } from '../../../state/frame-store.ts';
import { keyText } from '../../../state/key-map.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { CallPlan } from '../../../ui/call/call-plan.tsx';
import { costRange } from '../../../ui/call/cost-range.ts';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { Elapsed } from '../../../ui/elapsed.tsx';
import { formatBytes, formatDuration, formatUsd } from '../../../ui/format.ts';
import { type Replay, cancelReplay, closeReplay, sendReplay } from './replay-store.ts';
import type { DryRunAnswer } from '../../../../contract/chat.ts';

/** Whether today's request equals the recorded one, byte for byte. Unknown if no request was made. */
function verdictOf(
  call: Pick<CallRecord, 'sha256'>,
  { plan }: Pick<DryRunAnswer, 'plan'>,
): 'same' | 'other' | 'unknown' {
  if (call.sha256 === null) return 'unknown';
  return call.sha256 === plan.sha256 ? 'same' : 'other';
}

const t = historyMessages.history;

/** The call as it would be sent today, compared with what was sent then, with a button to send it again. */
export function ReplayView({ call, replay }: { call: CallDetail; replay: Replay }) {
  const { plan, answer, error, phase } = replay;
  const ms = replay.endedAt === null ? undefined : replay.endedAt - replay.startedAt;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line py-1.5 pr-3 pl-1.5">
        <Button look="quiet" onClick={closeReplay}>
          <ArrowLeft size={13} aria-hidden="true" />
          {t.back}
        </Button>
        <span className="flex-1" />
        {plan && <SendAgain replay={replay} />}
      </header>
      {plan && <Verdict call={call} replay={replay} />}
      {phase === 'planning' && <p className="appear-late p-3 text-ink-soft">{t.planning}</p>}
      {error?.code === 'cancelled' && <p className="px-3 py-2 text-ink-soft">{t.cancelled}</p>}
      {error && error.code !== 'cancelled' && (
        <div className="max-h-1/2 shrink-0 overflow-auto p-3">
          <ErrorCard error={error} provider={plan?.provider} model={plan?.model} ms={ms} />
        </div>
      )}
      {answer && ms !== undefined && (
        <section aria-label={t.reply} className="shrink-0 border-b border-line px-3 py-2">
          <p className="text-sm text-ink-soft">
            {t.answered(formatDuration(ms), answer.cost ? formatUsd(answer.cost.total) : t.noCost)}
          </p>
          <p className="max-h-32 overflow-y-auto wrap-anywhere whitespace-pre-wrap" tabIndex={0}>
            {answer.reply}
          </p>
        </section>
      )}
      {plan && <CallPlan key={`${replay.id} ${phase === 'sent'}`} answer={plan} reply={answer} />}
    </div>
  );
}

function Verdict({ call, replay: { plan } }: { call: CallDetail; replay: Replay }) {
  if (!plan) return null;
  const verdict = verdictOf(call, plan);
  const then = call.bytes === null ? '' : formatBytes(call.bytes);
  return (
    <div className="flex shrink-0 flex-col items-start gap-1 border-b border-line px-3 py-2 text-sm">
      {verdict === 'same' && (
        <Badge tone="ok" icon={Equal}>
          {t.sameBytes}
        </Badge>
      )}
      {verdict === 'other' && (
        <>
          <Badge tone="warn" icon={EqualNot}>
            {t.otherBytes}
          </Badge>
          <p className="text-ink-soft">{t.otherBytesHelp(then, formatBytes(plan.plan.bytes))}</p>
        </>
      )}
      {verdict === 'unknown' && <p className="text-ink-soft">{t.unknownBytes}</p>}
    </div>
  );
}

/** Only in LIVE, and amber there. */
function SendAgain({ replay: { id, phase, plan, startedAt } }: { replay: Replay }) {
  const isLive = useFrame(({ mode }) => mode === 'live');
  if (phase === 'sending') return <Sending startedAt={startedAt} />;
  return (
    <>
      {plan && <span className="num text-ink-faint">{costRange(plan.estimate)}</span>}
      {!isLive && <Button onClick={() => setMode('live')}>{t.turnLive}</Button>}
      <Button
        look={isLive ? 'live' : 'outline'}
        disabled={!isLive}
        title={isLive ? t.sendHelp : t.sendDry(keyText('toggleMode'))}
        onClick={() => void sendReplay(id)}
      >
        {t.send}
      </Button>
    </>
  );
}

function Sending({ startedAt }: { startedAt: number }) {
  return (
    <>
      <Elapsed doing={t.sending} since={startedAt} />
      <Button onClick={cancelReplay}>{t.cancel}</Button>
    </>
  );
}
