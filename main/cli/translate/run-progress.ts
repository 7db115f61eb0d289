import type { RunView } from '../../../contract/translation.ts';
import type { CliHost } from '../host.ts';
import { usd } from '../print.ts';

/** Shows a run's progress: one redrawn line on a terminal, else a line after each tenth of the run. */
export class RunProgress {
  readonly #host: CliHost;
  #tenth = -1;
  #drawn = false;

  constructor(host: CliHost) {
    this.#host = host;
  }

  show({ groups_by_state: states, spent_usd, groups, machines, waits_for: wait }: RunView): void {
    const { err } = this.#host;
    const { done = 0, failed = 0, unknown = 0, planned = 0, sent = 0 } = states;
    const total = Math.max(groups, done + failed + unknown + planned + sent);
    if (total === 0) return;
    const finished = done + failed + unknown;
    const bad = failed + unknown ? ` · ${failed} failed, ${unknown} unknown` : '';
    const money = spent_usd > 0 ? ` · ${usd(spent_usd)}` : '';
    const many = machines.length > 1 ? ` · ${machines.length} processes` : '';
    const text = `${finished}/${total} requests${money}${bad}${many}`;
    if (err.isTTY) {
      const seconds = wait ? Math.ceil((Date.parse(wait.until) - Date.now()) / 1000) : 0;
      const limit = wait && seconds > 0 ? ` · waiting for the limit of ${wait.provider}, ${seconds} s` : '';
      err.write(`\r\u001b[K${text}${limit}`);
      this.#drawn = true;
      return;
    }
    const tenth = Math.floor((finished / total) * 10);
    if (tenth === this.#tenth) return;
    this.#tenth = tenth;
    err.write(`${text}\n`);
  }

  end(): void {
    if (this.#drawn) this.#host.err.write('\n');
  }
}
