import { useLayoutEffect } from 'react';
import { useAccess } from './api/access-state.ts';
import { Frame } from './features/frame/frame.tsx';
import { NoAccess } from './features/frame/no-access.tsx';
import { useAppearance } from './features/frame/use-appearance.ts';
import { useLanguage } from './i18n/current-language.ts';
import { views } from './views.tsx';

/** The panel, or what a browser without the token sees. */
export function App() {
  // Everything below reads its texts while it is drawn: drawn again, it is in the new language.
  useLanguage();
  const access = useAccess((state) => state.access);
  useLayoutEffect(sayWhenDrawn, []);
  return access === 'granted' ? <Panel /> : <NoAccess access={access} />;
}

/** The desktop window stays hidden until its page has been drawn; before what was drawn asks main for more. */
function sayWhenDrawn(): void {
  window.panel?.drawn();
}

function Panel() {
  useAppearance();
  return <Frame views={views} />;
}
