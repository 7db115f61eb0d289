import type { DryRunAnswer } from '../../../contract/chat.ts';
import type { Estimate } from '../../../contract/plan.ts';
import { messages } from '../../messages.ts';
import { formatCount } from '../format.ts';

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

const t = messages.call;
type Section = Estimate['sections'][number];

const colours = ['bg-accent', 'bg-ok', 'bg-warn', 'bg-number', 'bg-key', 'bg-ink-faint'] as const;

function nameOf({ part, role }: Section): string {
  return part === 'message' ? (role ?? part) : t.parts[part];
}

/** Adjacent sections of one kind have the same colour. */
function colourOf(section: Section, sections: readonly Section[]): string {
  const kinds = [...new Set(sections.map(nameOf))];
  return colours[kinds.indexOf(nameOf(section)) % colours.length]!;
}

/** Where the tokens are, and what differs from the previous run. */
export function AnatomyTab({ answer, previous }: { answer: DryRunAnswer; previous: DryRunAnswer | null }) {
  const { sections, prompt_tokens: total } = answer.estimate;
  return (
    <div className="flex flex-col gap-4 p-3">
      <section aria-label={t.tokensByPart}>
        <h3 className="mb-1.5 text-sm text-ink-faint">{t.tokensByPart}</h3>
        <div aria-hidden="true" className="mb-2 flex h-3 gap-px overflow-hidden rounded-sm">
          {sections.map((section, index) => (
            <span key={index} className={colourOf(section, sections)} style={{ flexGrow: section.tokens }} />
          ))}
        </div>
        <table className="w-full">
          <tbody>
            {sections.map((section, index) => (
              <tr key={index}>
                <td className="w-4">
                  <span
                    aria-hidden="true"
                    className={`block size-2.5 rounded-sm ${colourOf(section, sections)}`}
                  />
                </td>
                <td>{nameOf(section)}</td>
                <td className="num text-right">{formatCount(section.tokens)}</td>
                <td className="num w-14 text-right text-ink-faint">
                  {Math.round((100 * section.tokens) / Math.max(1, total))} %
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {previous && <SinceLast answer={answer} previous={previous} />}
    </div>
  );
}

const maxShown = 40;
const shown = (value: unknown) => (value === undefined ? t.absent : JSON.stringify(value).slice(0, 300));

function SinceLast({ answer, previous }: { answer: DryRunAnswer; previous: DryRunAnswer }) {
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
