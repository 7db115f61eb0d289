import { defineConfig } from 'playwright/test';

/** The packaged app alone: `npm run package -- --dir` comes first. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  forbidOnly: Boolean(process.env.CI),
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  retries: process.env.CI ? 1 : 0,
  reporter: [['list']],
  projects: [{ name: 'packaged' }],
});
