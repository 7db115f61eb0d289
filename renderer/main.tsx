import './api/access-token.ts';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { askFirst } from './api/first-questions.ts';
import { keepQueriesFresh, knownAnswer, queryClient } from './api/query-client.ts';
import { App } from './app.tsx';
import { restoreKnownDrafts } from './features/bench/input/saved-drafts.ts';
import { changeLanguage } from './i18n/change-language.ts';
import { applyLastAppearance } from './state/appearance.ts';
import { followAddress } from './state/view.ts';
import { rememberedLanguage } from './state/remembered-language.ts';
import { listenForShortcuts } from './state/shortcuts.ts';

applyLastAppearance();
followAddress();
listenForShortcuts();
keepQueriesFresh();

const root = document.getElementById('root');

function draw(): void {
  if (!root) return;
  restoreKnownDrafts();
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queryClient}>
          <App />
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  );
}

/** Drawn in the language of the settings at once; a script of texts that does not come leaves the page in English. */
async function begin(): Promise<void> {
  const remembered = changeLanguage(rememberedLanguage()).catch(() => {});
  await askFirst();
  const setting = knownAnswer('settings.get')?.language;
  await (setting ? changeLanguage(setting) : remembered).catch(() => {});
  draw();
}

void begin();
