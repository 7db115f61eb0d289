import { messages } from '../../messages.ts';
import { settingsMessages } from '../../messages/settings-messages.ts';
import type { ShortcutId } from '../../state/key-map.ts';
import { keyMap } from '../../state/key-map.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Section } from './section.tsx';

/** Every key of the panel, from the one map of keys. */
export function Shortcuts() {
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
