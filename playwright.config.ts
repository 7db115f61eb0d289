import { defineConfig } from 'playwright/test';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // Two windows at once on a small machine make each other slow; specs share no state either way.
  workers: 2,
  timeout: 30_000,
  retries: 0,
  reporter: [['list']],
  use: { trace: 'off' },
  projects: [{ name: 'electron' }, { name: 'web' }],
});
