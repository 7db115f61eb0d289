import type { ElectronApplication, Page } from 'playwright/test';
import type { Envelope } from '../../contract/errors.ts';
import type { OperationInput, OperationName, OperationOutput } from '../../contract/operations/table.ts';
import type { PageWatch } from './page-watch.ts';
import type { PlantedFiles } from './runtime-root.ts';

/** Options of a launch. */
export interface LaunchOptions {
  /** Variables added to a clean environment. */
  env?: Record<string, string>;
  files?: PlantedFiles;
  /** Chromium switches for the desktop app. */
  args?: string[];
  /** The runtime root of an earlier launch in this test; by default a new one. */
  runtimeRoot?: string;
}

/** One running product with its window or browser page. */
export interface Panel {
  page: Page;
  /** The base URL of the API, without a trailing slash; empty while the port is taken. */
  apiUrl: string;
  runtimeRoot: string;
  /** The environment that the product was started with. */
  env: Record<string, string>;
  watch: PageWatch;
  /** Only in the `electron` project. */
  app: ElectronApplication | null;
  /** The output of the process so far. */
  output(): string;
  /** Calls the core without the page, over the same transport that the page uses. */
  ask<N extends OperationName>(name: N, input: OperationInput<N>): Promise<Envelope<OperationOutput<N>>>;
  /** Ends the process like a power cut. */
  kill(): Promise<void>;
  /** Ends the process like a user; returns its exit code. Only the first call counts. */
  close(): Promise<number | null>;
}

/** Starts the product with these options, and waits until the Bench can be used. */
export type Launch = (options?: LaunchOptions) => Promise<Panel>;

/** Waits for the window's ready signal. */
export async function waitUntilReady(page: Page): Promise<void> {
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
}

/** The running desktop app, for specs of the `electron` project. */
export function appOf({ app }: Panel): ElectronApplication {
  if (!app) throw new Error('this panel runs in a browser');
  return app;
}
