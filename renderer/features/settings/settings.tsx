import { settingsMessages } from '../../messages/settings-messages.ts';
import { About } from './about.tsx';
import { Appearance } from './appearance.tsx';
import { BudgetSettings } from './budget/budget-settings.tsx';
import { CallLogSettings } from './call-log-settings.tsx';
import { SharingSettings } from './sharing-settings.tsx';
import { DataAndKeys } from './data-and-keys.tsx';
import { Shortcuts } from './shortcuts.tsx';

/** Appearance, budget and call log, where data is stored, shortcuts, and what the panel is made of. */
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
