import { useOperation } from '../../api/use-operation.ts';
import { settingsMessages } from '../../messages/settings-messages.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FactList } from '../../ui/facts.tsx';
import { Section } from './section.tsx';

const t = settingsMessages.settings.about;

/** Versions, and the licences of included software. */
export function About() {
  const about = useOperation('app.about', {});
  const status = useOperation('server.status', {});
  if (!about.data) return null;
  const { version, license, runtime, platform, parts } = about.data;
  const runs = runtime.map((one) => `${one.name} ${one.version}`).join(' · ');
  const fallback = status.data?.fallback_runtime ?? null;
  return (
    <Section title={t.title}>
      <FactList
        facts={[
          { label: t.product, value: <span className="num">{version}</span> },
          { label: t.license, value: license },
          { label: t.runtime, value: <span className="num">{runs}</span> },
          { label: t.system, value: <span className="num">{platform}</span> },
        ]}
      />
      {fallback !== null && <p className="text-sm text-warn">{t.fallback(fallback)}</p>}
      <div>
        <CopyButton text={[`${t.product} ${version}`, runs, platform].join('\n')} label={t.copy} />
      </div>
      {parts.length > 0 && (
        <details>
          <summary className="text-ink-soft">{t.parts(parts.length)}</summary>
          <table className="mt-2 w-full text-left text-sm">
            <thead className="text-ink-faint">
              <tr className="border-b border-line">
                <th className="h-6 font-normal">{t.part}</th>
                <th className="font-normal">{settingsMessages.settings.version}</th>
                <th className="font-normal">{t.license}</th>
              </tr>
            </thead>
            <tbody className="num">
              {parts.map((part) => (
                <tr key={part.name} className="border-b border-line">
                  <th scope="row" className="h-6 font-normal">
                    {part.name}
                  </th>
                  <td>{part.version}</td>
                  <td>{part.license}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </Section>
  );
}
