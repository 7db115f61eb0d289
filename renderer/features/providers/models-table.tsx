import type { ModelView, ProviderView } from '../../../contract/provider.ts';
import { messages } from '../../messages.ts';
import { formatContext, formatPrice } from '../../ui/format.ts';
import { LifecycleBadge } from '../../ui/lifecycle-badge.tsx';

const words = messages.providers;
const cell = 'px-2 py-1.25 align-top first:pl-4 last:pr-4';

/** The models that a provider lists, with what each costs and how long it lives. */
export function ModelsTable({ provider: { models, kind } }: { provider: ProviderView }) {
  if (models.length === 0) return <p className="p-4 text-ink-faint">{words.noModels}</p>;
  return (
    <div className="overflow-x-auto">
      <table aria-label={words.models} className="w-full min-w-150 border-collapse text-left">
        <thead>
          <tr className="border-b border-line text-sm whitespace-nowrap text-ink-faint">
            {Object.entries(words.column).map(([id, name]) => (
              <th
                key={id}
                scope="col"
                className={`h-7 px-2 font-normal first:pl-4 last:pr-4 ${id === 'context' ? 'text-right' : ''}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <ModelRow key={model.id} model={model} isFree={kind === 'local' || kind === 'stub'} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ModelRow({ model, isFree }: { model: ModelView; isFree: boolean }) {
  const { id, wire_id: wireId, label, tags, context, lifecycle } = model;
  return (
    <tr className="border-b border-line hover:bg-hover">
      <th scope="row" className={`${cell} min-w-56 font-normal`}>
        <div>{label}</div>
        <code className="num wrap-anywhere text-ink-soft">{id}</code>
        {wireId !== null && wireId !== id && <div className="num text-ink-faint">{words.wireId(wireId)}</div>}
      </th>
      <td className={`${cell} text-ink-soft`}>{tags.join(', ')}</td>
      <td className={`num ${cell} text-right`}>{context === null ? '' : formatContext(context)}</td>
      <td className={cell}>{isFree ? words.free : <Price pricing={model.pricing} />}</td>
      <td className={cell}>
        {lifecycle.status === 'active' ? words.active : <LifecycleBadge lifecycle={lifecycle} />}
        {lifecycle.successor !== null && (
          <div className="num wrap-anywhere text-ink-soft">
            {messages.lifecycle.successor(lifecycle.successor)}
          </div>
        )}
      </td>
    </tr>
  );
}

function Price({ pricing }: Pick<ModelView, 'pricing'>) {
  if (!pricing) return <span className="text-ink-faint">{words.priceUnknown}</span>;
  const { input, output, source, matched, quoted } = pricing;
  const title = [
    source,
    matched && words.matchedAs(matched),
    quoted && words.quoted(formatPrice(quoted.input), formatPrice(quoted.output), quoted.as_of),
  ];
  return (
    <span title={title.filter(Boolean).join('\n')}>
      <span className="num whitespace-nowrap">
        {formatPrice(input)} / {formatPrice(output)}
      </span>
      <div className="text-sm whitespace-nowrap text-ink-faint">{messages.call.asOf(pricing.as_of)}</div>
    </span>
  );
}
