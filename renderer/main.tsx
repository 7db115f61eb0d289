import './api/access-token.ts';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { askFirst } from './api/first-questions.ts';
import { keepQueriesFresh, queryClient } from './api/query-client.ts';
import { App } from './app.tsx';
import { restoreKnownDrafts } from './features/bench/input/use-restored-drafts.ts';
import { applyLastAppearance } from './state/appearance.ts';
import { followAddress } from './state/place.ts';
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

void askFirst().then(draw);
