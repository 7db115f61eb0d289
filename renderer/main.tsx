import './api/access-token.ts';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepQueriesFresh, knownAnswer, queryClient } from './api/query-client.ts';
import { App } from './app.tsx';
import { restoreKnownDrafts } from './features/bench/input/saved-drafts.ts';
import { changeLanguage } from './i18n/change-language.ts';
import { applyLastAppearance } from './state/appearance.ts';
import { followAddress } from './state/view.ts';
import { rememberedLanguage } from './state/remembered-language.ts';
import { listenForShortcuts } from './state/shortcuts.ts';
import type { OperationsOfKind } from '../contract/operations/table.ts';
import { operationQuery } from './api/use-operation.ts';

type Query = OperationsOfKind<'query'>;

/** What the frame and the Bench cannot be drawn without; main answers these from memory. */
const firstQuestions: readonly Query[] = ['settings.get', 'registry.get', 'server.status'];

/** After this long the page is drawn without the answers: it says then what it waits for. */
const patienceMs = 150;

/**
 * Asks before the page is first drawn, not after: it is drawn once, with the answers in it. Resolves when they are
 * there, or when the page should wait no longer; a failure is reported where its data is shown.
 */
async function askFirst(): Promise<void> {
  const answers = firstQuestions.map((name) => queryClient.prefetchQuery(operationQuery<Query>(name, {})));
  await Promise.race([Promise.all(answers), new Promise((late) => setTimeout(late, patienceMs))]);
}

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
