import { defineConfig } from 'playwright/test';

/** The packaged app alone: `npm run package -- --dir` comes first. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  forbidOnly: Boolean(process.env.CI),
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // The second try tells a slow machine from a broken test, and fails the run: what needed it is listed by both tries.
  retries: process.env.CI ? 1 : 0,
  failOnFlakyTests: true,
  reporter: [['list']],
  projects: [{ name: 'packaged' }],
});
