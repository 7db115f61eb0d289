import type { ElectronApplication, Page } from 'playwright/test';
import type { Envelope } from '../../contract/errors.ts';
import type { OperationInput, OperationName, OperationOutput } from '../../contract/operations/table.ts';
import type { PageWatch } from './page-watch.ts';
import type { PlantedFiles } from './runtime-root.ts';

/** Options of a launch. */
export interface LaunchOptions {
  /** Variables on top of a clean environment. */
  env?: Record<string, string>;
  files?: PlantedFiles;
  /** Chromium switches for the desktop app. */
  args?: string[];
  /** A root that an earlier launch of this test used; a new one otherwise. */
  runtimeRoot?: string;
}

/** One running product with its window or browser page. */
export interface Panel {
  page: Page;
  /** Where the API answers, without a slash at the end; empty while the port could not be had. */
  apiUrl: string;
  runtimeRoot: string;
  /** The environment that the product was started with. */
  env: Record<string, string>;
  watch: PageWatch;
  /** Only in the `electron` project. */
  app: ElectronApplication | null;
  /** What the process has printed so far. */
  output(): string;
  /** Asks the core without the page, over the same transport that the page uses. */
  ask<N extends OperationName>(name: N, input: OperationInput<N>): Promise<Envelope<OperationOutput<N>>>;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
  /** Ends the process as a person would; gives its exit code. Only the first call counts. */
  close(): Promise<number | null>;
}

/** Sets the product up in the state that `LaunchOptions` tells, and waits until the Bench can be used. */
export type Launch = (options?: LaunchOptions) => Promise<Panel>;

/** The window's ready signal. */
export async function waitUntilReady(page: Page): Promise<void> {
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
}

/** The running desktop app, for specs that are only about it. */
export function appOf({ app }: Panel): ElectronApplication {
  if (!app) throw new Error('this panel runs in a browser');
  return app;
}
