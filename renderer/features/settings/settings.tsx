import { settingsMessages } from '../../messages/settings-messages.ts';
import { About } from './about.tsx';
import { Appearance } from './appearance.tsx';
import { BudgetSettings } from './budget/budget-settings.tsx';
import { CallLogSettings } from './call-log-settings.tsx';
import { SharingSettings } from './sharing-settings.tsx';
import { DataAndKeys } from './data-and-keys.tsx';
import { messages } from '../../messages.ts';
import { type ShortcutId, keyMap } from '../../state/key-map.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Section } from './section.tsx';

/** All keyboard shortcuts, from the panel's shortcut table. */
function Shortcuts() {
  return (
    <Section title={settingsMessages.settings.shortcuts}>
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

/** Appearance, budget, call log, storage, shortcuts, and the About section. */
export function Settings() {
  return (
    <div className="@container h-full overflow-y-auto">
      <h1 className="px-6 pt-6 text-xl font-semibold">{settingsMessages.settings.title}</h1>
      <div className="grid items-start gap-x-12 gap-y-6 p-6 @5xl:grid-cols-2">
        <div className="flex max-w-200 min-w-0 flex-col gap-6">
          <Appearance />
          <BudgetSettings />
          <CallLogSettings />
          <SharingSettings />
          <DataAndKeys />
        </div>
        <div className="flex max-w-200 min-w-0 flex-col gap-6">
          <Shortcuts />
          <About />
        </div>
      </div>
    </div>
  );
}
