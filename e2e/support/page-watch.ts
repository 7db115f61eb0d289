import type { ConsoleMessage, Page } from 'playwright/test';

/** Gathers what a healthy panel never says: console errors, thrown errors, unhandled rejections, CSP violations. */
export class PageWatch {
  readonly problems: string[] = [];
  /** Everything that was logged, for the report of a failed test. */
  readonly lines: string[] = [];
  readonly #expected: RegExp[] = [];

  /** Lets messages pass that the test itself provokes (a browser logs every answer of 400 and above). */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** Also takes what the page has said before. */
  async attach(page: Page): Promise<void> {
    // Playwright's own default is the whole test's time, which hides what was waited for.
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
    // A desktop window loads before anyone can listen. What came in between is noted twice, which no test minds.
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
