import type { Estimate } from '../../../contract/plan.ts';
import { messages } from '../../messages.ts';
import { formatCount } from '../format.ts';

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

/** Where the tokens of the prompt are. */
export function TokenParts({ estimate }: { estimate: Estimate }) {
  const { sections, prompt_tokens: total } = estimate;
  return (
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
  );
}
