import { setTimeout as sleep } from 'node:timers/promises';
import type { TrialView } from '../../../contract/trials.ts';
import type { CliHost } from '../host.ts';
import { usd } from '../print.ts';
import type { TranslateCore } from '../translate/translate-core.ts';

const pollMs = 300;

/** Shows a trial's progress: one redrawn line on a terminal, else a line after each tenth of the trial. */
class TrialProgress {
  readonly #host: CliHost;
  #tenth = -1;
  #drawn = false;

  constructor(host: CliHost) {
    this.#host = host;
  }

  show({ finished, requests, spent_usd }: TrialView): void {
    const { err } = this.#host;
    const text = `${finished}/${requests} requests${spent_usd > 0 ? ` · ${usd(spent_usd)}` : ''}`;
    if (err.isTTY) {
      err.write(`\r\u001b[K${text}`);
      this.#drawn = true;
      return;
    }
    const tenth = Math.floor((finished / Math.max(1, requests)) * 10);
    if (tenth === this.#tenth) return;
    this.#tenth = tenth;
    err.write(`${text}\n`);
  }

  end(): void {
    if (this.#drawn) this.#host.err.write('\n');
  }
}

/**
 * Waits for a running trial and shows its progress. Ctrl+C stops it; pressed twice, it aborts requests in
 * progress.
 * @returns the trial as it ended
 */
export async function followTrial(
  host: CliHost,
  core: TranslateCore,
  trial: string,
): Promise<{ trial: TrialView; interrupted: boolean }> {
  const progress = new TrialProgress(host);
  let interrupts = 0;
  const stopListening = host.onInterrupt(() => {
    const first = ++interrupts === 1;
    if (first) host.err.write('\nfinishing the requests in progress; press Ctrl+C again to abort them\n');
    void core.ask('trials.cancel', first ? { trial } : { trial, give_up: true }).catch(() => {});
  });
  try {
    for (;;) {
      const { trial: view } = await core.ask('trials.get', { trial });
      progress.show(view);
      if (view.state !== 'running') return { trial: view, interrupted: interrupts > 0 };
      await sleep(pollMs);
    }
  } finally {
    progress.end();
    stopListening();
  }
}
