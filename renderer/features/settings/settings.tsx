import type { ReactNode } from 'react';
import { useCommand } from '../../api/use-command.ts';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import type { ShortcutId } from '../../state/key-map.ts';
import { keyMap } from '../../state/key-map.ts';
import { FactList } from '../../ui/facts.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Segments } from '../../ui/segments.tsx';
import { Select } from '../../ui/select.tsx';

const words = messages.settings;
const themes = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: words.themes[value] }));
const sizes = [90, 100, 110, 120, 130].map((size) => ({ value: String(size), label: words.percent(size) }));

/** What the panel remembers for one person, and where things are kept. */
export function Settings() {
  return (
    <div className="h-full overflow-y-auto">
      <div className="flex max-w-160 flex-col gap-6 p-6">
        <h1 className="text-xl font-semibold">{words.title}</h1>
        <Appearance />
        <DataAndKeys />
        <Shortcuts />
      </div>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2 border-t border-line pt-3">
      <h2 className="font-medium">{title}</h2>
      {children}
    </section>
  );
}

function Appearance() {
  const settings = useOperation('settings.get', {});
  const update = useCommand('settings.update');
  if (!settings.data) return null;
  const { theme, text_size: size } = settings.data;
  return (
    <Section title={words.appearance}>
      <div className="flex flex-wrap items-center gap-3">
        <Segments
          label={words.theme}
          options={themes}
          value={theme}
          onChange={(next) => update.mutate({ theme: next })}
        />
        <Select
          label={words.textSize}
          groups={[{ options: sizes }]}
          value={String(size)}
          onChange={(next) => update.mutate({ text_size: Number(next) })}
        />
      </div>
    </Section>
  );
}

function DataAndKeys() {
  const status = useOperation('server.status', {});
  if (!status.data) return null;
  const { runtime_root: folder, key_store: store, version, listening } = status.data;
  const isSession = store === 'session';
  return (
    <Section title={words.data}>
      <FactList
        facts={[
          { label: words.runtimeRoot, value: <code className="num">{folder}</code> },
          { label: words.keyStore, value: isSession ? messages.frame.sessionStore : store },
          { label: words.address, value: <code className="num">{listening ?? messages.ui.none}</code> },
          { label: words.version, value: <span className="num">{version}</span> },
        ]}
      />
      {isSession && <p className="text-sm text-warn">{words.sessionKeys}</p>}
    </Section>
  );
}

function Shortcuts() {
  return (
    <Section title={words.shortcuts}>
      <dl className="grid grid-cols-[8rem_1fr] gap-y-1.5">
        {(Object.keys(keyMap) as ShortcutId[]).map((id) => (
          <div key={id} className="contents">
            <dt>
              <KeyHint id={id} />
            </dt>
            <dd>{messages.frame.shortcutNames[id]}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
