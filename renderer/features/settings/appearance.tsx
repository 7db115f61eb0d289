import { useCommand } from '../../api/use-command.ts';
import { useOperation } from '../../api/use-operation.ts';
import { settingsMessages } from '../../messages/settings-messages.ts';
import { languageNames, languages } from '../../../contract/languages.ts';
import type { LanguageSetting } from '../../../contract/languages.ts';
import { Segments } from '../../ui/segments.tsx';
import { Select } from '../../ui/select.tsx';
import { Section } from './section.tsx';

const t = settingsMessages.settings;
const themes = () =>
  (['system', 'light', 'dark'] as const).map((value) => ({ value, label: t.themes[value] }));
const sizes = () => [90, 100, 110, 120, 130].map((size) => ({ value: String(size), label: t.percent(size) }));
const languageOptions = () => [
  { value: 'system', label: t.systemLanguage },
  ...languages.map((value) => ({ value, label: languageNames[value] })),
];

/** Language, theme and text size. */
export function Appearance() {
  const settings = useOperation('settings.get', {});
  const update = useCommand('settings.update');
  if (!settings.data) return null;
  const { theme, text_size: size, language } = settings.data;
  return (
    <Section title={t.appearance}>
      <div className="flex flex-wrap items-center gap-3">
        <Select
          label={t.language}
          groups={[{ options: languageOptions() }]}
          value={language}
          onChange={(next) => update.mutate({ language: next as LanguageSetting })}
        />
        <Segments
          label={t.theme}
          options={themes()}
          value={theme}
          onChange={(next) => update.mutate({ theme: next })}
        />
        <Select
          label={t.textSize}
          groups={[{ options: sizes() }]}
          value={String(size)}
          onChange={(next) => update.mutate({ text_size: Number(next) })}
        />
      </div>
    </Section>
  );
}
