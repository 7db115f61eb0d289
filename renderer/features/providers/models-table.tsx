import type { ModelView } from '../../../contract/provider.ts';
import { messages } from '../../messages.ts';
import { Badge } from '../../ui/badge.tsx';
import { formatContext, formatPrice } from '../../ui/format.ts';
import { LifecycleBadge } from '../../ui/lifecycle-badge.tsx';

const words = messages.providers;
const cell = 'px-2 py-1.25 align-top first:pl-4 last:pr-4';

/** The models that a provider lists, with what each costs and how long it lives. */
export function ModelsTable({ models }: { models: readonly ModelView[] }) {
  if (models.length === 0) return <p className="p-4 text-ink-faint">{words.noModels}</p>;
  return (
    <div className="overflow-x-auto">
      <table aria-label={words.models} className="w-full border-collapse text-left">
        <thead>
          <tr className="border-b border-line text-sm whitespace-nowrap text-ink-faint">
            {Object.values(words.column).map((name) => (
              <th key={name} scope="col" className="h-7 px-2 font-normal first:pl-4 last:pr-4">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <ModelRow key={model.id} model={model} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ModelRow({ model }: { model: ModelView }) {
  const { id, wire_id: wireId, label, tags, context, lifecycle } = model;
  return (
    <tr className="border-b border-line hover:bg-hover">
      <th scope="row" className={`${cell} font-normal`}>
        <div>{label}</div>
        <code className="num wrap-anywhere text-ink-soft">{id}</code>
        {wireId !== null && wireId !== id && <div className="num text-ink-faint">{words.wireId(wireId)}</div>}
      </th>
      <td className={cell}>
        <span className="flex flex-wrap gap-1">
          {tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </span>
      </td>
      <td className={`num ${cell} text-right`}>{context === null ? '' : formatContext(context)}</td>
      <td className={cell}>
        <Price model={model} />
      </td>
      <td className={cell}>
        <Lifecycle model={model} />
        {lifecycle.successor !== null && (
          <div className="num wrap-anywhere text-ink-soft">{messages.lifecycle.successor(lifecycle.successor)}</div>
        )}
      </td>
    </tr>
  );
}

function Lifecycle({ model: { lifecycle } }: { model: ModelView }) {
  if (lifecycle.status === 'active') return <span className="text-ink-soft">{messages.lifecycle.active}</span>;
  return <LifecycleBadge lifecycle={lifecycle} />;
}

function Price({ model: { pricing } }: { model: ModelView }) {
  if (!pricing) return <span className="text-ink-faint">{words.priceUnknown}</span>;
  return (
    <span title={[pricing.source, pricing.matched && words.matchedAs(pricing.matched)].filter(Boolean).join('\n')}>
      <span className="num whitespace-nowrap">
        {formatPrice(pricing.input)} / {formatPrice(pricing.output)}
      </span>
      <div className="text-sm whitespace-nowrap text-ink-faint">{messages.call.asOf(pricing.as_of)}</div>
    </span>
  );
}
