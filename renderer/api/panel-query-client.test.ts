import { type QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { PanelQueryClient } from './panel-query-client.ts';

interface Asked {
  answer(text: string): void;
  fail(): void;
}

/** A query on the screen whose answers the test gives, each when it wants. */
function watch(client: QueryClient, name: string) {
  const asked: Asked[] = [];
  const observer = new QueryObserver(client, {
    queryKey: [name],
    retry: false,
    staleTime: Infinity,
    queryFn: () =>
      new Promise<string>((resolve, reject) => {
        asked.push({ answer: resolve, fail: () => reject(new Error('no')) });
      }),
  });
  const close = observer.subscribe(() => undefined);
  return { asked, close, shown: () => observer.getCurrentResult().data };
}

const settled = () => new Promise((done) => setTimeout(done));

test('a first answer that was asked for before a change is asked for again', async () => {
  const client = new PanelQueryClient();
  const units = watch(client, 'units');
  const other = watch(client, 'other');
  const current = client.invalidateQueries({ queryKey: ['units'] });
  units.asked[0]?.answer('before');
  other.asked[0]?.answer('other');
  await settled();
  expect(units.asked).toHaveLength(2);
  expect(units.shown()).toBe('before');
  units.asked[1]?.answer('after');
  await current;
  expect(units.shown()).toBe('after');
  expect(other.asked).toHaveLength(1);
});

test('changes during a first fetch cause one more fetch, not one each', async () => {
  const client = new PanelQueryClient();
  const units = watch(client, 'units');
  const all = Array.from({ length: 5 }, () => client.invalidateQueries());
  units.asked[0]?.answer('before');
  await settled();
  units.asked[1]?.answer('after');
  await Promise.all(all);
  expect(units.asked).toHaveLength(2);
  // The next change is noticed as well.
  void client.invalidateQueries();
  expect(units.asked).toHaveLength(3);
});

test('a first fetch that fails after a change is tried again', async () => {
  const client = new PanelQueryClient();
  const units = watch(client, 'units');
  const current = client.invalidateQueries();
  units.asked[0]?.fail();
  await settled();
  units.asked[1]?.answer('after');
  await current;
  expect(units.shown()).toBe('after');
});

test('what is no longer on the screen is asked for when it is shown again', async () => {
  const client = new PanelQueryClient();
  const units = watch(client, 'units');
  const current = client.invalidateQueries();
  units.close();
  units.asked[0]?.answer('before');
  await current;
  expect(units.asked).toHaveLength(1);
  expect(watch(client, 'units').asked).toHaveLength(1);
});
