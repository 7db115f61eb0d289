import { useState } from 'react';
import { Combo } from '../../../ui/combo.tsx';
import { languageLabel, languageName, languageOptions } from './languages.ts';

interface LanguageComboProps {
  label: string;
  /** The language's English name, or what was typed. */
  value: string;
  placeholder: string;
  onChange: (name: string) => void;
}

/** A language, shown and typed in the panel's language. */
export function LanguageCombo({ label, value, placeholder, onChange }: LanguageComboProps) {
  // A text stays as it is while it is typed: "Portuguese (Brazil)" begins with a known name.
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Combo
      label={label}
      options={languageOptions()}
      value={typed ?? languageLabel(value)}
      placeholder={placeholder}
      onChange={(text) => {
        setTyped(text);
        onChange(languageName(text));
      }}
      onFocusChange={(focused) => {
        if (!focused) setTyped(null);
      }}
      className="min-w-56 flex-1"
    />
  );
}
