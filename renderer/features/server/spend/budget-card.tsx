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
  const { daily, call, spent_today: spent, reserved, source, ledger } = budget;
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
          { label: words.spentToday, value: formatUsd(spent) },
          { label: words.daily, value: limit(daily), note: note(source.daily) },
          { label: words.call, value: limit(call), note: note(source.call) },
          ...(reserved > 0 ? [{ label: words.reserved, value: formatUsd(reserved) }] : []),
        ]}
      />
      {ledger === 'memory' && <p className="text-warn">{words.memory}</p>}
    </Section>
  );
}
