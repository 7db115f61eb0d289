import { useEffect } from 'react';
import { useOperation } from '../../api/use-operation.ts';
import { changeLanguage } from '../../i18n/change-language.ts';
import { applyAppearance } from '../../state/appearance.ts';
import { rememberLanguage } from '../../state/remembered-language.ts';
import { toast } from '../../state/toasts.ts';
import { messages } from '../../messages.ts';

/** Applies the appearance settings to the page, whoever changes them. */
export function useAppearance(): void {
  const { data } = useOperation('settings.get', {});
  useEffect(() => {
    if (data) applyAppearance(data);
  }, [data]);
  const language = data?.language;
  useEffect(() => {
    if (!language) return;
    rememberLanguage(language);
    const change = () => {
      changeLanguage(language).catch(() => toast({ title: messages.frame.languageFailed, kind: 'bad' }));
    };
    change();
    // The system's language can change while the panel is open.
    window.addEventListener('languagechange', change);
    return () => window.removeEventListener('languagechange', change);
  }, [language]);
}
