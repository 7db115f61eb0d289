import { defineConfig } from 'playwright/test';

// The browser form repeats the eleven journeys, and whatever depends on its own transport, streams or storage. The page itself
// is the same one: the rest is asked of the desktop app alone, whole files by their name, and tests of others by a tag.
const notRepeated = [
  'all-models',
  'budget',
  'dead-provider',
  'edit-provider',
  'local-servers',
  'model-sync',
  'own-network',
  'palette',
  'price-beside-send',
  'prompt-packs',
  'providers',
  'register',
  'row-menus',
  'search-select',
  'server-flags',
  'server-local',
  'server-log',
  'several-keys',
  'system-keys',
  'text-fits',
  'theme',
  'trials',
  'unknown-spend',
  'variables',
].map((name) => `**/${name}.spec.ts`);

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // The packaged app has a configuration of its own.
  testIgnore: 'packaged/**',
  forbidOnly: Boolean(process.env.CI),
  // Every test has a product and a data folder of its own.
  fullyParallel: true,
  // More windows at once on a small machine make each other slow.
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // The second try tells a slow machine from a broken test, and fails the run: what needed it is listed by both tries.
  retries: process.env.CI ? 1 : 0,
  failOnFlakyTests: true,
  reporter: [['list']],
  use: { trace: 'off' },
  projects: [
    { name: 'electron' },
    { name: 'web', testIgnore: ['packaged/**', ...notRepeated], grepInvert: /@page/ },
  ],
});
