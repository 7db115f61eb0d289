import type { TrialPlan } from '../../../../contract/trials.ts';
import { errorText } from '../../../api/error-text.ts';
import { trialsMessages } from '../../../messages/trials-messages.ts';
import { formatCount } from '../../../ui/format.ts';
import { priceText } from '../price-text.ts';

/** The requests and the price of each preset. */
export function PlanTable({ plan }: { plan: TrialPlan }) {
  const { column } = trialsMessages.trials;
  const heads = [column.preset, column.model, column.requests, column.tokens, column.price];
  return (
    <div className="overflow-x-auto" role="group" aria-label={trialsMessages.trials.planned} tabIndex={0}>
      <table className="w-full text-left">
        <thead className="text-sm text-ink-faint">
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className="py-1 pr-4 font-normal whitespace-nowrap">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plan.contestants.map(({ id, label, provider, model, requests, prompt_tokens, cost, refusal }) => (
            <tr key={id} className="border-t border-line align-top">
              <td className="num py-1 pr-4">{label}</td>
              <td className="num py-1 pr-4">{`${provider}/${model}`}</td>
              <td className="num py-1 pr-4">{formatCount(requests)}</td>
              <td className="num py-1 pr-4">{formatCount(prompt_tokens)}</td>
              <td className="py-1 pr-4">
                {refusal ? <span className="text-bad">{errorText(refusal)}</span> : priceText(cost)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
