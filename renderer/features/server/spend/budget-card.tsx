import type { BudgetView } from '../../../../contract/call-log.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { goTo } from '../../../state/place.ts';
import { Button } from '../../../ui/button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { formatUsd } from '../../../ui/format.ts';
import { Section } from '../../../ui/section.tsx';

const words = serverMessages.server.spend;

/** The limits as they hold, and what is left of them; they are changed in Settings alone. */
export function BudgetCard({ budget }: { budget: BudgetView }) {
  const { daily, call, spent_today: spent, unknown_today: unknown, reserved, source } = budget;
  const isKnown = spent !== null;
  const limit = (usd: number | null) => (usd === null ? words.none : formatUsd(usd));
  const note = (from: 'environment' | 'panel') => (from === 'environment' ? words.byEnvironment : undefined);
  return (
    <Section
      look="page"
      title={words.budget}
      action={
        <Button look="quiet" onClick={() => goTo('settings')}>
          {words.change}
        </Button>
      }
    >
      <Facts
        facts={[
          {
            label: words.spentToday,
            value: isKnown ? formatUsd(spent) : words.notKnown,
            note: unknown ? words.unknownNote(formatUsd(unknown)) : undefined,
          },
          { label: words.daily, value: limit(daily), note: note(source.daily) },
          { label: words.call, value: limit(call), note: note(source.call) },
          ...(reserved ? [{ label: words.reserved, value: formatUsd(reserved) }] : []),
        ]}
      />
      {!isKnown && <p className="text-bad">{words.ledgerAway(budget.ledger_problem ?? '')}</p>}
      {budget.problems.map((problem) => (
        <p key={problem} className="text-bad">
          {words.badLimit(problem)}
        </p>
      ))}
    </Section>
  );
}
