import { settingsMessages } from '../../messages/settings-messages.ts';
import { About } from './about.tsx';
import { Appearance } from './appearance.tsx';
import { BudgetSettings } from './budget/budget-settings.tsx';
import { CallLogSettings } from './call-log-settings.tsx';
import { DataAndKeys } from './data-and-keys.tsx';
import { Shortcuts } from './shortcuts.tsx';

/** What the panel remembers for one person, and where things are kept. */
export function Settings() {
  return (
    <div className="h-full overflow-y-auto">
      <div className="flex max-w-160 flex-col gap-6 p-6">
        <h1 className="text-xl font-semibold">{settingsMessages.settings.title}</h1>
        <Appearance />
        <BudgetSettings />
        <CallLogSettings />
        <DataAndKeys />
        <Shortcuts />
        <About />
      </div>
    </div>
  );
}
