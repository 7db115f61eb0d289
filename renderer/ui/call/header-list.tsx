import { messages } from '../../messages.ts';

/** HTTP headers as sent; main has already masked secrets. */
export function HeaderList({ headers }: { headers: Readonly<Record<string, string>> }) {
  const entries = Object.entries(headers);
  if (entries.length === 0) return null;
  return (
    <section aria-label={messages.call.headers}>
      <h3 className="mb-1 text-sm text-ink-faint">{messages.call.headers}</h3>
      <dl className="num">
        {entries.map(([name, value]) => (
          <div key={name} className="flex gap-2">
            <dt className="shrink-0 text-ink-soft">{name}:</dt>
            <dd className="min-w-0 wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
