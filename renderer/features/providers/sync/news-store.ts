import { create } from 'zustand';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import type { NewsReport } from '../../../../contract/model-sync.ts';
import { request } from '../../../api/client.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';
import { noteHealth } from '../../../api/provider-health.ts';
import { selectPage } from '../selection.ts';
import { noteSync } from './sync-store.ts';

interface News {
  controller: AbortController | null;
  since: number;
  report: NewsReport | null;
  error: ErrorInfo | null;
}

const nothing: News = { controller: null, since: 0, report: null, error: null };
export const useNews = create<News>(() => nothing);

/**
 * Asks every provider that is on and has its key for its free model list. Differences wait at each provider
 * for a review.
 */
export async function checkForNews(): Promise<void> {
  useNews.getState().controller?.abort();
  const controller = new AbortController();
  useNews.setState({ controller, since: Date.now(), error: null });
  try {
    const report = await request('models.news', {}, controller.signal);
    if (controller.signal.aborted) return;
    for (const list of report.lists) {
      noteSync(list);
      noteHealth(list.provider, {
        status: 'ok',
        latency_ms: null,
        checked_at: new Date().toISOString(),
        models_found: list.found,
        message: '',
      });
    }
    useNews.setState({ report, controller: null });
  } catch (thrown) {
    if (!controller.signal.aborted) useNews.setState({ error: errorInfoOf(thrown), controller: null });
  }
}

/** Opens the page and loads the news at once. */
export function openNews(): void {
  selectPage('news');
  void checkForNews();
}

export function stopNews(): void {
  useNews.getState().controller?.abort();
  useNews.setState({ controller: null });
}
