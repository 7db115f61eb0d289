import type { DryRunAnswer } from '../../../contract/chat.ts';
import { messages } from '../../messages.ts';

const t = messages.call;

interface BodyChange {
  /** A JSON pointer into the body. */
  path: string;
  before: unknown;
  after: unknown;
}

function isContainer(value: unknown): value is Record<string, unknown> | unknown[] {
  return typeof value === 'object' && value !== null;
}

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');
const at = (value: Record<string, unknown> | unknown[], key: string) =>
  Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;

/** What differs between two request bodies, leaf by leaf. `undefined` where one of them has nothing there. */
export function bodyChanges(before: unknown, after: unknown, path = ''): BodyChange[] {
  if (Object.is(before, after)) return [];
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after))
    return [{ path, before, after }];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => bodyChanges(at(before, key), at(after, key), `${path}/${escaped(key)}`));
}

const maxShown = 40;
const shown = (value: unknown) => (value === undefined ? t.absent : JSON.stringify(value).slice(0, 300));

/** What differs from the previous run. */
export function SincePrevious({ answer, previous }: { answer: DryRunAnswer; previous: DryRunAnswer }) {
  const moved =
    answer.plan.url === previous.plan.url
      ? []
      : [{ path: 'URL', before: previous.plan.url, after: answer.plan.url }];
  const changes = [...moved, ...bodyChanges(previous.plan.body, answer.plan.body)];
  return (
    <section aria-label={t.sinceLast}>
      <h3 className="mb-1.5 text-sm text-ink-faint">{t.sinceLast}</h3>
      {changes.length === 0 && <p className="text-ink-soft">{t.sameBytes}</p>}
      <ul className="flex flex-col gap-1.5">
        {changes.slice(0, maxShown).map(({ path, before, after }) => (
          <li key={path}>
            <code className="num font-medium wrap-anywhere">{path || '/'}</code>
            <p className="num wrap-anywhere">
              <del className="text-ink-faint">{shown(before)}</del> → {shown(after)}
            </p>
          </li>
        ))}
      </ul>
      {changes.length > maxShown && (
        <p className="text-ink-soft">{t.moreChanges(changes.length - maxShown)}</p>
      )}
    </section>
  );
}
