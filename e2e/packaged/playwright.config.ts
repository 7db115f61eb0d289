import { defineConfig } from 'playwright/test';

/** Specs for the packaged app only; run `npm run package -- --dir` first. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  forbidOnly: Boolean(process.env.CI),
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // A retry distinguishes a slow machine from a broken test. A test that needed the retry still fails the
  // run, and both attempts are listed.
  retries: process.env.CI ? 1 : 0,
  failOnFlakyTests: true,
  reporter: [['list']],
  projects: [{ name: 'packaged' }],
});
