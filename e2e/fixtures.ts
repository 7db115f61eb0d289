/* oxlint-disable no-empty-pattern -- Playwright reads the pattern to learn what a fixture needs. */
import { chromium, expect, test as base } from 'playwright/test';
import type { Browser, TestInfo } from 'playwright/test';
import { launchDesktop } from './support/launch-desktop.ts';
import { launchWeb } from './support/launch-web.ts';
import type { Launch, Panel } from './support/panel.ts';
import { chromiumExecutable, sandboxArguments } from './support/project-scripts.ts';
import type { PlantedFiles } from './support/runtime-root.ts';
import { readServerLog, removeRuntimeRoot } from './support/runtime-root.ts';
import { Upstream } from './support/upstream.ts';

/** A public host name that resolves to this machine in the browsers of these tests. */
export const reboundName = 'rebound.example';

interface Fixtures {
  /** Environment variables for `panel`; a spec can also give a function of `upstream`. */
  plantedEnv: Record<string, string>;
  /** Files for `panel`, by path under its runtime root. */
  plantedFiles: PlantedFiles;
  upstream: Upstream;
  /** Starts another product. After the test, every started product is closed and checked. */
  launch: Launch;
  panel: Panel;
}

interface WorkerFixtures {
  /** One Chromium per worker, started on first use. */
  chromiumBrowser: () => Promise<Browser>;
}

async function attachLogs(panel: Panel, info: TestInfo): Promise<void> {
  const attach = (name: string, body: string) => info.attach(name, { body, contentType: 'text/plain' });
  if (!panel.page.isClosed()) {
    const body = await panel.page.screenshot().catch(() => null);
    if (body) await info.attach('page', { body, contentType: 'image/png' });
  }
  await attach('process output', panel.output());
  await attach('server.log', readServerLog(panel.runtimeRoot));
  await attach('page console', panel.watch.lines.join('\n'));
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  chromiumBrowser: [
    async ({}, use) => {
      let started: Promise<Browser> | undefined;
      const start = async () => {
        const executablePath = await chromiumExecutable();
        const args = [
          ...(await sandboxArguments(executablePath)),
          `--host-resolver-rules=MAP ${reboundName} 127.0.0.1`,
        ];
        return chromium.launch({ executablePath, args });
      };
      await use(() => (started ??= start()));
      await (await started)?.close();
    },
    { scope: 'worker' },
  ],
  plantedEnv: [{}, { option: true }],
  plantedFiles: [{}, { option: true }],
  upstream: async ({}, use) => {
    const upstream = await Upstream.start();
    await use(upstream);
    await upstream.close();
  },
  launch: async ({ chromiumBrowser }, use, info) => {
    const panels: Panel[] = [];
    await use(async (options) => {
      const isDesktop = info.project.name === 'electron';
      const panel = isDesktop
        ? await launchDesktop(options)
        : await launchWeb(await chromiumBrowser(), options);
      panels.push(panel);
      return panel;
    });
    const failed = info.status !== info.expectedStatus;
    const problems = panels.flatMap(({ watch }) => watch.problems);
    for (const panel of panels) if (failed || problems.length > 0) await attachLogs(panel, info);
    const codes = await Promise.all(panels.map((panel) => panel.close()));
    for (const { runtimeRoot } of panels) removeRuntimeRoot(runtimeRoot);
    expect(problems, 'problems of the page').toEqual([]);
    expect(codes, 'exit codes').toEqual(panels.map(() => 0));
  },
  panel: async ({ launch, plantedEnv, plantedFiles }, use) => {
    await use(await launch({ env: plantedEnv, files: plantedFiles }));
  },
});

export { expect };

/** Skips the tests of a file or group in every other project, with the reason. */
export function onlyIn(project: 'electron' | 'web', why: string): void {
  test.beforeEach(({}, info) => test.skip(info.project.name !== project, why));
}
