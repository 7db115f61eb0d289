import type { BudgetView } from '../../../../contract/call-log.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { goTo } from '../../../state/view.ts';
import { Button } from '../../../ui/button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { codedText } from '../../../api/coded-text.ts';
import { formatExactUsd, formatUsd } from '../../../ui/format.ts';
import { Section } from '../../../ui/section.tsx';

const t = serverMessages.server.spend;

/** The current limits, and what is left of them; they are changed in Settings. */
export function BudgetCard({ budget }: { budget: BudgetView }) {
  const { daily, call, spent_today: spent, unknown_today: unknown, reserved, source } = budget;
  const isKnown = spent !== null;
  const limit = (usd: number | null) => (usd === null ? t.none : formatUsd(usd));
  const note = (from: 'environment' | 'panel') => (from === 'environment' ? t.byEnvironment : undefined);
  return (
    <Section
      look="page"
      title={t.budget}
      action={
        <Button look="quiet" onClick={() => goTo('settings')}>
          {t.change}
        </Button>
      }
    >
      <Facts
        facts={[
          {
            label: t.spentToday,
            // Zero with cents, like the limits beside it.
            value: isKnown ? (spent === 0 ? formatExactUsd(0) : formatUsd(spent)) : t.notKnown,
            note: unknown ? t.unknownNote(formatUsd(unknown)) : undefined,
          },
          { label: t.daily, value: limit(daily), note: note(source.daily) },
          { label: t.call, value: limit(call), note: note(source.call) },
          ...(reserved ? [{ label: t.reserved, value: formatUsd(reserved) }] : []),
        ]}
      />
      {!isKnown && <p className="text-bad">{t.ledgerAway(budget.ledger_problem ?? '')}</p>}
      {budget.problems.map((problem, at) => (
        <p key={problem} className="text-bad">
          {t.badLimit(codedText('file_problem', problem, budget.problem_details?.[at]))}
        </p>
      ))}
    </Section>
  );
}
