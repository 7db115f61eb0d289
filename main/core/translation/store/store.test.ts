import { expect, test } from 'vitest';
import { onBothDatabases, testClock, testDatabase } from '../../calls/__fixtures__/test-calls.ts';
import type { RunRow, TranslationFileRow, UnitRow } from '../../database/translation-tables.ts';
import { fileIdOf, pairOf, unitIdOf } from '../units/text-pair.ts';
import { ImportStore, type ImportedUnit } from './import-store.ts';
import { MemoryStore } from './memory-store.ts';
import { ProjectStore } from './project-store.ts';
import { GroupStore, type NewGroup } from './group-store.ts';
import { RunStore } from './run-store.ts';
import { saveTexts, type NewText } from './text-store.ts';
import { TranslationDatabase } from './translation-database.ts';
import { UnitStore } from './unit-store.ts';
import { WorkerStore } from './worker-store.ts';

const memory = { language: 'Japanese', others: false };

function unit(ordinal: number, source: string, over: Partial<ImportedUnit> = {}): ImportedUnit {
  const { project = 'p', file = 'a.txt', key = String(ordinal), speaker = null } = over;
  return {
    id: unitIdOf(project, file, key),
    project,
    file,
    key,
    ordinal,
    scene: null,
    speaker,
    note: null,
    source,
    pair: pairOf(source, speaker),
    max_cells: null,
    read_only: null,
    target: null,
    state: 'new',
    stale: 0,
    gone: 0,
    repeat: 0,
    problems: null,
    severity: null,
    origin: null,
    generation: 1,
    updated_at: 1,
    ...over,
  };
}

const fileRow = (project: string, path: string, generation: number): TranslationFileRow => ({
  id: fileIdOf(project, path),
  project,
  path,
  format: 'text',
  encoding: 'utf8',
  bytes: 1,
  units: 1,
  first_ordinal: 1,
  sha256: 'ab',
  warnings: null,
  generation,
  fingerprint: null,
});

const text = (
  { id, pair }: Pick<UnitRow, 'id' | 'pair'>,
  target: string,
  over: Partial<NewText> = {},
): NewText => ({
  id,
  pair,
  target,
  state: 'draft',
  problems: null,
  severity: null,
  origin: 'model',
  model: 'a/b',
  ...over,
});

const run = (id: string, owner: string): RunRow => ({
  id,
  project: 'p',
  kind: 'translate',
  state: 'running',
  code: null,
  reason: null,
  max_usd: null,
  groups: 0,
  units: 0,
  asked: null,
  lease_owner: owner,
  lease_until: null,
  task: null,
  planned_at: null,
  limit_nano: null,
  spent_nano: 0,
  reserved_nano: 0,
  started_at: 1,
  ended_at: null,
});

const group = (id: string, of: string, units: ImportedUnit[], over: Partial<NewGroup> = {}): NewGroup => ({
  id,
  project: 'p',
  run: of,
  position: 0,
  kind: 'scene',
  state: 'planned',
  units: JSON.stringify(units.map(({ id, pair }) => [id, pair])),
  unit_count: units.length,
  request: '{}',
  body: '{}',
  body_bytes: 2,
  sha256: 'ab',
  prompt_tokens: 1,
  attempts: 0,
  bound: 0.25,
  cost: 0,
  provider: 'openai_public',
  model: 'm',
  ...over,
});

onBothDatabases('translation projects', (newLocation) => {
  async function stores() {
    const clock = testClock();
    const database = new TranslationDatabase(testDatabase(await newLocation(), clock));
    const save = (texts: NewText[], byPerson = false, project = 'p') =>
      database.write((open) =>
        open.db
          .transaction()
          .execute((trx) => saveTexts(open, trx, { project, language: 'Japanese', now: 5, texts, byPerson })),
      );
    const imports = new ImportStore(database);
    /** All of a game, in one file for each project. */
    const importUnits = async (rows: ImportedUnit[], use = memory) => {
      const [{ project, file, generation }] = rows as [ImportedUnit];
      const saved = await imports.saveUnits(rows, use.language);
      await imports.saveFile(fileRow(project, file, generation));
      const gone = await imports.setAside(project);
      return { ...saved, gone, ...(await imports.settle(project, use)) };
    };
    return {
      database,
      save,
      importUnits,
      units: new UnitStore(database),
      runs: new RunStore(database),
      groups: new GroupStore(database),
      memory: new MemoryStore(database),
      projects: new ProjectStore(database),
    };
  }

  test('a repeated text is translated once, and its repeats get the same translation', async () => {
    const { importUnits, units, save } = await stores();
    const all = [unit(1, 'Yes.'), unit(2, 'No.'), unit(3, 'Yes.'), unit(4, 'Yes.', { speaker: 'Eileen' })];
    expect(await importUnits(all)).toEqual({
      known: 0,
      changed: 0,
      gone: 0,
      remembered: 0,
      repeats: 1,
    });
    const pending = await units.pending('p', 0, 10, false);
    expect(pending.map(({ ordinal }) => ordinal)).toEqual([1, 2, 4]);
    await save([text(all[0]!, 'はい。')]);
    const now = await units.list('p', {}, 0, 10);
    expect(now.map(({ target, state }) => [target, state])).toEqual([
      ['はい。', 'draft'],
      [null, 'new'],
      ['はい。', 'draft'],
      [null, 'new'],
    ]);
  });

  test('a run never overwrites a translation that was reviewed or locked', async () => {
    const { importUnits, units, save } = await stores();
    const all = [unit(1, 'One.'), unit(2, 'Two.')];
    await importUnits(all);
    await save([text(all[0]!, '一', { state: 'reviewed' }), text(all[1]!, '二', { state: 'locked' })], true);
    await save([text(all[0]!, 'X'), text(all[1]!, 'Y')]);
    expect((await units.list('p', {}, 0, 10)).map(({ target }) => target)).toEqual(['一', '二']);
  });

  test('a translation of a source that has since changed is dropped', async () => {
    const { importUnits, units, save } = await stores();
    const before = unit(1, 'One.', { key: 'k' });
    await importUnits([before]);
    await importUnits([unit(1, 'Another.', { key: 'k', generation: 2 })]);
    await save([text(before, '一')]);
    expect((await units.list('p', {}, 0, 10)).map(({ source, target }) => [source, target])).toEqual([
      ['Another.', null],
    ]);
  });

  test('a changed source is stale, keeps its earlier text aside, and takes a translation that exists elsewhere', async () => {
    const { importUnits, units, save } = await stores();
    const all = [unit(1, 'One.'), unit(2, 'Two.')];
    await importUnits(all);
    await save([text(all[0]!, '一'), text(all[1]!, '二', { state: 'reviewed' })], true);
    const shifted = [
      unit(1, 'Zero.', { generation: 2 }),
      unit(2, 'One.', { generation: 2 }),
      unit(3, 'Two.', { generation: 2 }),
    ];
    expect(await importUnits(shifted)).toEqual({
      known: 2,
      changed: 2,
      gone: 0,
      remembered: 2,
      repeats: 0,
    });
    const now = await units.list('p', {}, 0, 10);
    expect(now.map(({ source, target, state, stale }) => [source, target, state, stale])).toEqual([
      ['Zero.', null, 'new', 1],
      ['One.', '一', 'draft', 0],
      ['Two.', '二', 'reviewed', 0],
    ]);
    expect(now[0]).toMatchObject({ previous_source: 'One.', previous_target: '一', previous_state: 'draft' });
  });

  test('a line that disappears is set aside, and restored when it returns', async () => {
    const { importUnits, units, save } = await stores();
    const all = [unit(1, 'One.'), unit(2, 'Two.'), unit(25_001, 'Far down.')];
    await importUnits(all);
    await save([text(all[1]!, '二')]);
    expect(await importUnits([unit(1, 'One.', { generation: 2 })])).toMatchObject({ known: 1, gone: 2 });
    expect((await units.counts('p')).gone).toBe(2);
    await importUnits([unit(1, 'One.', { generation: 3 }), unit(2, 'Two.', { generation: 3 })]);
    expect((await units.list('p', {}, 0, 10)).map(({ target }) => target)).toEqual([null, '二']);
  });

  test('translations of other projects are suggested, reviewed ones first, and used only on request', async () => {
    const { importUnits, units, save, memory: known, projects } = await stores();
    for (const id of ['a', 'b', 'p'])
      await projects.add({
        id,
        name: `Game ${id}`,
        folder: id,
        target_language: 'Japanese',
        generation: 1,
        created_at: 1,
        imported_at: 1,
      });
    const [one, other] = [unit(1, 'Hi.', { project: 'a' }), unit(1, 'Hi.', { project: 'b' })];
    await importUnits([one]);
    await importUnits([other]);
    await save([text(one, 'やあ')], false, 'a');
    await save([text(other, 'どうも', { state: 'reviewed' })], true, 'b');
    await importUnits([unit(1, 'Hi.')]);
    expect((await units.list('p', {}, 0, 10))[0]?.target).toBeNull();
    expect(await known.offered('p', 'Japanese', 10)).toBe(1);
    const offered = await known.suggestions('Japanese', { pair: pairOf('Hi.', null), project: 'p' }, 5);
    expect(offered.map(({ target, project_name }) => [target, project_name])).toEqual([
      ['どうも', 'Game b'],
      ['やあ', 'Game a'],
    ]);
    await importUnits([unit(1, 'Hi.', { generation: 2 })], { language: 'Japanese', others: true });
    expect((await units.list('p', {}, 0, 10))[0]).toMatchObject({ target: 'どうも', state: 'reviewed' });
  });

  test('one run at a time: a second starts only when the first one’s process is gone or silent', async () => {
    const { runs } = await stores();
    const alive = () => false;
    const silent = -1;
    expect(await runs.begin(run('1', 'host:1:x'), alive)).not.toBeNull();
    expect(await runs.begin(run('2', 'host:2:x'), alive)).toBeNull();
    expect(await runs.begin(run('3', 'host:2:x'), () => true, silent)).not.toBeNull();
    expect(await runs.begin(run('4', 'host:3:x'), alive)).not.toBeNull();
  });

  test('a group is claimed once; one under way at a kill is unknown, is held back, and counts at its bound', async () => {
    const { importUnits, units, runs, groups } = await stores();
    const all = [unit(1, 'One.'), unit(2, 'Two.'), unit(3, 'Three.')];
    await importUnits(all);
    await runs.begin(run('1', 'x'), () => true);
    await groups.add([group('g1', '1', all.slice(0, 2)), group('g2', '1', all.slice(2), { position: 1 })]);
    expect((await groups.claim('1', 'me', 1)).map(({ id }) => id)).toEqual(['g1']);
    expect((await groups.claim('1', 'other', 5)).map(({ id }) => id)).toEqual(['g2']);
    expect(await groups.markSent('g1', 'me', 60, 0.25)).toBe('sent');
    expect(await groups.markSent('g1', 'other', 60, 0.25)).toBe('lost');
    // A try of its own whose answer did not come in time.
    expect(await groups.markSent('g1', 'me', 60, 0.25)).toBe('sent');
    await runs.begin(run('2', 'y'), () => true);
    expect(await runs.recover('p', '2', 70)).toBe(1);
    await runs.hold('p');
    expect(await runs.spent({ project: 'p' })).toBe(0.25);
    expect((await units.pending('p', 0, 10, false)).map(({ ordinal }) => ordinal)).toEqual([3]);
    expect(await groups.claim('1', 'me', 10)).toEqual([]);
    await runs.release('p');
    expect((await units.pending('p', 0, 10, false)).map(({ ordinal }) => ordinal)).toEqual([1, 2, 3]);
  });

  test('a reply of a machine that was given up for dead counts once, at what it cost', async () => {
    const { importUnits, units, runs, groups, database } = await stores();
    const all = [unit(1, 'One.')];
    await importUnits(all);
    await runs.begin(run('1', 'x'), () => true);
    await runs.prepare('1', { task: null, limit_nano: 1_000_000_000, spent_nano: 0 });
    await groups.add([group('g1', '1', all)]);
    await groups.claim('1', 'me', 1);
    expect(await groups.markSent('g1', 'me', 60, 0.25)).toBe('sent');
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
      claimed.flatMap((rows, i) => rows.map(({ id }) => groups.markSent(id, machines[i] ?? '', 60, 0.25))),
    );
    // A quarter of a dollar each, of one.
    expect(marks.toSorted()).toEqual([...Array(4).fill('sent'), ...Array(4).fill('wait')]);
    const sent = claimed.flat().filter((_, i) => marks[i] === 'sent');
    for (const { id } of sent)
      await groups.finish({ id, state: 'failed', cost: 0.25, code: null, message: null, ended: 1 }, null, []);
    const [left] = claimed.flat().filter((_, i) => marks[i] === 'wait');
    const owner = machines[claimed.findIndex((rows) => rows.some(({ id }) => id === left?.id))] ?? '';
    expect(await groups.markSent(left?.id ?? '', owner, 60, 0.25)).toBe('over');
  });

  test.each([
    ['right', 0.25],
    ['out of date', 0.1],
    ['not known', null],
  ])('what a group may cost is reserved by its row where the caller’s bound is %s', async (_, bound) => {
    const { importUnits, runs, groups } = await stores();
    const all = [unit(1, 'One.'), unit(2, 'Two.'), unit(3, 'Three.')];
    await importUnits(all);
    await runs.begin(run('1', 'x'), () => true);
    await runs.prepare('1', { task: null, limit_nano: 400_000_000, spent_nano: 0 });
    await groups.add(
      all.map((one, i) => group(`g${i}`, '1', [one], { position: i, bound: i === 2 ? null : 0.25 })),
    );
    await groups.claim('1', 'me', 3);
    expect(await groups.markSent('g0', 'me', 60, bound)).toBe('sent');
    expect(await runs.get('1')).toMatchObject({ reserved_nano: 250_000_000, spent_nano: 0 });
    expect(await groups.markSent('g1', 'me', 60, bound)).toBe('wait');
    expect(await groups.markSent('g2', 'me', 60, null)).toBe('over');
    await runs.ask('1', { asked: 'pause' });
    expect(await groups.markSent('g1', 'me', 60, bound)).toBe('stopped');
    expect(await runs.get('1')).toMatchObject({ reserved_nano: 250_000_000 });
  });

  test('a run without a limit is not counted, and is sent', async () => {
    const { importUnits, runs, groups } = await stores();
    const all = [unit(1, 'One.'), unit(2, 'Two.')];
    await importUnits(all);
    await runs.begin(run('1', 'x'), () => true);
    await groups.add(
      all.map((one, i) => group(`g${i}`, '1', [one], { position: i, bound: i ? 0.25 : null })),
    );
    await groups.claim('1', 'me', 3);
    expect(await groups.markSent('g0', 'me', 60, null)).toBe('sent');
    expect(await groups.markSent('g1', 'me', 60, 0.25)).toBe('sent');
    expect(await runs.get('1')).toMatchObject({ reserved_nano: 0, spent_nano: 0 });
  });

  test('no process claims what is delivered in batches, and no lease that runs out changes it', async () => {
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
    // Not even where the run itself were a live one.
    await database.write(({ db }) => db.updateTable('translation_runs').set({ delivery: null }).execute());
    expect(await groups.claim('1', 'me', 9)).toEqual([]);
    expect(await groups.markSent('g2', 'x', 60, 0.25)).toBe('lost');
    await groups.resetToPlanned('g0', 0, 0);
    expect(await groups.expire('1', 70)).toBe(0);
    await database.write(({ db }) => db.updateTable('translation_runs').set({ delivery: 'batch' }).execute());
    // Its own process is alive, and then it is not.
    await runs.ask('1', { asked: 'cancel' });
    expect(await workers.tryEnd('1', 70)).toBeNull();
    await database.write(({ db }) => db.updateTable('translation_runs').set({ lease_until: 1 }).execute());
    expect(await workers.tryEnd('1', 70)).toMatchObject({ state: 'cancelled' });
    await runs.begin(run('2', 'y'), () => true);
    expect(await runs.recover('p', '2', 80)).toBe(0);
    expect(await rows()).toEqual(before);
    expect([await runs.spent({ project: 'p' }), await runs.atProviders('p')]).toEqual([0, 0.5]);
  });

  test('texts with quotes, percent signs and every script are stored unchanged and can be searched', async () => {
    const { importUnits, units } = await stores();
    const source = `%s "quoted" 'single' 100% _under_ \\n 日本語 😀 \u2028`;
    await importUnits([unit(1, source, { speaker: `O'Neil "x"` })]);
    expect((await units.list('p', { text: '100% _under' }, 0, 10)).map((row) => row.source)).toEqual([
      source,
    ]);
    expect(await units.list('p', { text: '100%x' }, 0, 10)).toEqual([]);
  });
});
