import type { CliHost } from '../host.ts';
import { usd } from '../print.ts';
import type { Outcome } from './outcome.ts';

const barWidth = 24;
const redrawMs = 200;

/** Formats seconds for people. */
function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** Shows a batch's progress: on a terminal a line that is redrawn, elsewhere a line for every tenth. */
export class Progress {
  readonly #host: CliHost;
  readonly #total: number;
  readonly #started = performance.now();
  #over = 0;
  #failed = 0;
  #usd = 0;
  #drawnAt = 0;
  #tenth = 0;

  constructor(host: CliHost, total: number) {
    this.#host = host;
    this.#total = total;
  }

  add(outcome: Outcome): void {
    this.#over++;
    this.#usd += outcome.usd;
    if (!outcome.row['ok']) this.#failed++;
    const { err } = this.#host;
    const now = performance.now();
    if (err.isTTY) {
      if (now - this.#drawnAt < redrawMs && this.#over < this.#total) return;
      this.#drawnAt = now;
      err.write(`\r\u001b[K${this.#text(now)}`);
      return;
    }
    const tenth = Math.floor((this.#over / this.#total) * 10);
    if (tenth === this.#tenth) return;
    this.#tenth = tenth;
    err.write(`${this.#text(now)}\n`);
  }

  #text(now: number): string {
    const rate = this.#over / Math.max(0.001, (now - this.#started) / 1000);
    const left = this.#total - this.#over;
    const filled = Math.round((this.#over / this.#total) * barWidth);
    const bar = this.#host.err.isTTY ? `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ` : '';
    const money =
      this.#usd > 0 ? ` · ${usd(this.#usd)}, about ${usd((this.#usd / this.#over) * left)} to go` : '';
    const bad = this.#failed ? ` · ${this.#failed} failed` : '';
    return `${bar}${this.#over}/${this.#total} · ${rate.toFixed(1)}/s · ${duration(left / rate)} left${money}${bad}`;
  }

  end(): void {
    if (this.#host.err.isTTY && this.#over) this.#host.err.write('\n');
  }
}
