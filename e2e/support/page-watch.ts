import type { ConsoleMessage, Page } from 'playwright/test';

/** Collects what a healthy panel never produces: console errors, uncaught errors and rejections, CSP violations. */
export class PageWatch {
  readonly problems: string[] = [];
  /** All log lines, for the report of a failed test. */
  readonly lines: string[] = [];
  readonly #expected: RegExp[] = [];

  /** Ignores messages that the test itself provokes (a browser logs every response of 400 and above). */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** Starts watching, including earlier console messages. */
  async attach(page: Page): Promise<void> {
    // Playwright's default timeout is that of the whole test, which hides what was waited for.
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => this.#takeMessage(message));
    // Chromium reports an unhandled rejection as an uncaught exception too.
    page.on('pageerror', (error) => this.#takeError(error));
    page.on('crash', () => this.#note('the page crashed'));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        console.error(`CSP violation: ${violatedDirective} ${blockedURI}`);
      });
    });
    // A desktop window loads before anyone can listen. Messages in between are recorded twice, which does no
    // harm.
    for (const message of await page.consoleMessages({ filter: 'all' })) this.#takeMessage(message);
    for (const error of await page.pageErrors({ filter: 'all' })) this.#takeError(error);
  }

  #takeMessage(message: ConsoleMessage): void {
    this.lines.push(`${message.type()}: ${message.text()}`);
    if (message.type() === 'error')
      this.#note(`console error: ${message.text()} (${message.location().url})`);
  }

  #takeError(error: Error): void {
    this.#note(`page error: ${error.stack ?? error.message}`);
  }

  #note(problem: string): void {
    if (!this.#expected.some((pattern) => pattern.test(problem))) this.problems.push(problem);
  }
}
