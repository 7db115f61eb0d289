import { expect, test } from 'vitest';
import { onBothDatabases } from '../../calls/__fixtures__/test-calls.ts';
import { group, run, text, unit, testStores } from '../__fixtures__/stores.ts';
import { WorkerStore } from './worker-store.ts';

onBothDatabases('groups of a translation run', (newLocation) => {
  const stores = () => testStores(newLocation);

  test('a second run starts only if the first one’s process has exited or its lease has expired', async () => {
    const { runs } = await stores();
    const alive = () => false;
    const expired = -1;
    expect(await runs.begin(run('1', 'host:1:x'), alive)).not.toBeNull();
    expect(await runs.begin(run('2', 'host:2:x'), alive)).toBeNull();
    expect(await runs.begin(run('3', 'host:2:x'), () => true, expired)).not.toBeNull();
    expect(await runs.begin(run('4', 'host:3:x'), alive)).not.toBeNull();
  });

  test('a group is claimed once; one in progress at a kill becomes unknown, is held, and counts at its bound', async () => {
    const { importUnits, units, runs, groups } = await stores();
    const all = [unit(1, 'One.'), unit(2, 'Two.'), unit(3, 'Three.')];
    await importUnits(all);
    await runs.begin(run('1', 'x'), () => true);
    await groups.add([group('g1', '1', all.slice(0, 2)), group('g2', '1', all.slice(2), { position: 1 })]);
    expect((await groups.claim('1', 'me', 1)).map(({ id }) => id)).toEqual(['g1']);
    expect((await groups.claim('1', 'other', 5)).map(({ id }) => id)).toEqual(['g2']);
    expect(await groups.markSent('g1', 'me', 60)).toBe('sent');
    expect(await groups.markSent('g1', 'other', 60)).toBe('lost');
    // A repeated write, after an attempt that seemed to fail.
    expect(await groups.markSent('g1', 'me', 60)).toBe('sent');
    await runs.begin(run('2', 'y'), () => true);
    expect(await runs.recover('p', '2', 70)).toBe(1);
    await runs.hold('p');
    expect(await runs.spent({ project: 'p' })).toBe(0.25);
    expect((await units.pending('p', 0, 10, false)).map(({ ordinal }) => ordinal)).toEqual([3]);
    expect(await groups.claim('1', 'me', 10)).toEqual([]);
    await runs.release('p');
    expect((await units.pending('p', 0, 10, false)).map(({ ordinal }) => ordinal)).toEqual([1, 2, 3]);
  });

  test('a late reply, of a machine that counted as dead, is stored once at its actual cost', async () => {
    const { importUnits, units, runs, groups, database } = await stores();
    const all = [unit(1, 'One.')];
    await importUnits(all);
    await runs.begin(run('1', 'x'), () => true);
    await runs.prepare('1', { task: null, limit_nano: 1_000_000_000, spent_nano: 0 });
    await groups.add([group('g1', '1', all)]);
    await groups.claim('1', 'me', 1);
    expect(await groups.markSent('g1', 'me', 60)).toBe('sent');
    expect(await groups.expire('1', 70)).toBe(0);
    await database.write(({ db }) =>
      db.updateTable('translation_groups').set({ lease_until: 1 }).where('id', '=', 'g1').execute(),
    );
    expect(await groups.expire('1', 70)).toBe(1);
    await runs.hold('p');
    expect((await units.counts('p')).held).toBe(1);
    expect(await runs.get('1')).toMatchObject({ spent_nano: 250_000_000, reserved_nano: 0 });
    const end = { id: 'g1', state: 'done', cost: 0.1, code: null, message: null, ended: 80 } as const;
    const answer = { project: 'p', language: 'Japanese', now: 80, texts: [text(all[0]!, '一')] };
    await groups.finish(end, answer, []);
    await groups.finish(end, answer, []);
    expect(await runs.get('1')).toMatchObject({ spent_nano: 100_000_000, reserved_nano: 0 });
    expect(await runs.spent({ project: 'p' })).toBeCloseTo(0.1);
    expect(await units.counts('p')).toMatchObject({ held: 0, byState: { draft: 1 } });
  });

  test('machines that send at the same time never exceed the limit of a run together', async () => {
    const { importUnits, runs, groups } = await stores();
    const all = Array.from({ length: 8 }, (_, i) => unit(i + 1, `Line ${i}.`));
    await importUnits(all);
    await runs.begin(run('1', 'x'), () => true);
    await runs.prepare('1', { task: null, limit_nano: 1_000_000_000, spent_nano: 0 });
    await groups.add(all.map((one, i) => group(`g${i}`, '1', [one], { position: i })));
    const machines = ['a', 'b', 'c'];
    const claimed = await Promise.all(machines.map((owner) => groups.claim('1', owner, 3)));
    expect(new Set(claimed.flat().map(({ id }) => id)).size).toBe(8);
    const marks = await Promise.all(
      claimed.flatMap((rows, i) => rows.map(({ id }) => groups.markSent(id, machines[i] ?? '', 60))),
    );
    // Each group may cost a quarter of the limit.
    expect(marks.toSorted()).toEqual([...Array(4).fill('sent'), ...Array(4).fill('wait')]);
    const sent = claimed.flat().filter((_, i) => marks[i] === 'sent');
    for (const { id } of sent)
      await groups.finish({ id, state: 'failed', cost: 0.25, code: null, message: null, ended: 1 }, null, []);
    const [left] = claimed.flat().filter((_, i) => marks[i] === 'wait');
    const owner = machines[claimed.findIndex((rows) => rows.some(({ id }) => id === left?.id))] ?? '';
    expect(await groups.markSent(left?.id ?? '', owner, 60)).toBe('over_limit');
  });

  test('the bound in the group’s row is reserved, and a group without a bound is over any limit', async () => {
    const { importUnits, runs, groups } = await stores();
    const all = [unit(1, 'One.'), unit(2, 'Two.'), unit(3, 'Three.')];
    await importUnits(all);
    await runs.begin(run('1', 'x'), () => true);
    await runs.prepare('1', { task: null, limit_nano: 400_000_000, spent_nano: 0 });
    await groups.add(
      all.map((one, i) => group(`g${i}`, '1', [one], { position: i, bound: i === 2 ? null : 0.25 })),
    );
    await groups.claim('1', 'me', 3);
    expect(await groups.markSent('g0', 'me', 60)).toBe('sent');
    expect(await runs.get('1')).toMatchObject({ reserved_nano: 250_000_000, spent_nano: 0 });
    expect(await groups.markSent('g1', 'me', 60)).toBe('wait');
    expect(await groups.markSent('g2', 'me', 60)).toBe('over_limit');
    await runs.requestEnd('1', { asked: 'pause' });
    expect(await groups.markSent('g1', 'me', 60)).toBe('stopped');
    expect(await runs.get('1')).toMatchObject({ reserved_nano: 250_000_000 });
  });

  test('a run without a limit sends its groups, and counts no reservations', async () => {
    const { importUnits, runs, groups } = await stores();
    const all = [unit(1, 'One.'), unit(2, 'Two.')];
    await importUnits(all);
    await runs.begin(run('1', 'x'), () => true);
    await groups.add(
      all.map((one, i) => group(`g${i}`, '1', [one], { position: i, bound: i ? 0.25 : null })),
    );
    await groups.claim('1', 'me', 3);
    expect(await groups.markSent('g0', 'me', 60)).toBe('sent');
    expect(await groups.markSent('g1', 'me', 60)).toBe('sent');
    expect(await runs.get('1')).toMatchObject({ reserved_nano: 0, spent_nano: 0 });
  });

  test('no process claims groups in batches, and an expired lease does not change them', async () => {
    const { importUnits, runs, groups, database } = await stores();
    const all = [unit(1, 'One.'), unit(2, 'Two.'), unit(3, 'Three.')];
    await importUnits(all);
    const workers = new WorkerStore(database);
    await runs.begin({ ...run('1', 'x'), delivery: 'batch' }, () => true);
    await groups.add(all.map((one, i) => group(`g${i}`, '1', [one], { position: i })));
    await runs.setPlanned('1', 3, 3, 50);
    expect(await groups.claim('1', 'me', 9)).toEqual([]);
    expect(await runs.shared()).toEqual([]);
    const rows = () =>
      database.read(({ db }) =>
        db.selectFrom('translation_groups').select(['id', 'state', 'cost']).orderBy('id').execute(),
      );
    await database.write(async ({ db }) => {
      const inBatch = { batch: 'b', lease_owner: 'x', lease_until: 1 };
      await db.updateTable('translation_groups').set(inBatch).execute();
      await db.updateTable('translation_groups').set({ state: 'sent' }).where('id', '<>', 'g2').execute();
    });
    const before = await rows();
    expect(before.map(({ state }) => state)).toEqual(['sent', 'sent', 'planned']);
    // Not even if the run had live delivery.
    await database.write(({ db }) => db.updateTable('translation_runs').set({ delivery: null }).execute());
    expect(await groups.claim('1', 'me', 9)).toEqual([]);
    expect(await groups.markSent('g2', 'x', 60)).toBe('lost');
    await groups.resetToPlanned('g0', 0, 0);
    expect(await groups.expire('1', 70)).toBe(0);
    await database.write(({ db }) => db.updateTable('translation_runs').set({ delivery: 'batch' }).execute());
    // First the run's own process is alive, then its lease has expired.
    await runs.requestEnd('1', { asked: 'cancel' });
    expect(await workers.tryEnd('1', 70)).toBeNull();
    await database.write(({ db }) => db.updateTable('translation_runs').set({ lease_until: 1 }).execute());
    expect(await workers.tryEnd('1', 70)).toMatchObject({ state: 'cancelled' });
    await runs.begin(run('2', 'y'), () => true);
    expect(await runs.recover('p', '2', 80)).toBe(0);
    expect(await rows()).toEqual(before);
    expect([await runs.spent({ project: 'p' }), await runs.atProviders('p')]).toEqual([0, 0.5]);
  });
});
