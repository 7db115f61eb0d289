import { useOperation } from '../../../api/use-operation.ts';
import { settingsMessages } from '../../../messages/settings-messages.ts';
import { formatUsd, sentenceGap } from '../../../ui/format.ts';
import { Section } from '../section.tsx';
import { BudgetForm } from './budget-form.tsx';

const t = settingsMessages.settings.budget;

/** The only page where the budget is changed. */
export function BudgetSettings() {
  const settings = useOperation('settings.get', {});
  const budget = useOperation('budget.get', {});
  if (!settings.data || !budget.data) return null;
  const { daily_budget_usd: daily, call_budget_usd: call } = settings.data;
  return (
    <Section title={t.title}>
      <p className="text-ink-soft">
        {t.intro}
        {sentenceGap()}
        <span className="num">
          {budget.data.spent_today !== null && t.spent(formatUsd(budget.data.spent_today))}
        </span>
      </p>
      <BudgetForm key={`${daily} ${call}`} saved={{ daily, call }} budget={budget.data} />
    </Section>
  );
}
