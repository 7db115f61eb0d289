import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFile } from '../../../../contract/translation.ts';
import { onBothDatabases, testClock, testDatabase } from '../../calls/__fixtures__/test-calls.ts';
import type { TranslationFileRow } from '../../database/translation-tables.ts';
import { gameFolder } from '../__fixtures__/game.ts';
import { ImportStore } from '../store/import-store.ts';
import { TranslationDatabase } from '../store/translation-database.ts';
import { saveTexts } from '../store/text-store.ts';
import { UnitStore } from '../store/unit-store.ts';
import { unitIdOf } from '../units/text-pair.ts';
import { FilePlaces } from './file-places.ts';
import { GameImport } from './import-game.ts';

/** A JSON map whose keys are numbered lines. */
const linesFrom = (from: number, to: number, more: readonly string[] = []) => {
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => `Line number ${from + i} of the story.`);
  return JSON.stringify(Object.fromEntries([...more, ...numbers].map((text) => [text, ''])));
};

/** Fails between a file's units and its row, like a killed process. */
class StoppedStore extends ImportStore {
  override async saveFile(row: TranslationFileRow): Promise<void> {
    if (row.fingerprint !== null) throw new Error('stopped');
    return super.saveFile(row);
  }
}

onBothDatabases('an import', (newLocation) => {
  async function project(files: Record<string, string>, more: object = {}) {
    const database = new TranslationDatabase(testDatabase(await newLocation(), testClock()));
    const game = gameFolder(files);
    const settings = projectFile.parse({
      id: 'p',
      name: 'Game',
      game,
      target_language: 'Japanese',
      formats: ['json-map'],
      ...more,
    });
    let generation = 0;
    const run = (store = new ImportStore(database)) =>
      new GameImport({ project: 'p', game, settings, store, generation: ++generation, now: 1 }).run();
    /** All units of the game, in its order, each with the number of the import that wrote it. */
    const rows = () =>
      database.read(({ db }) =>
        db
          .selectFrom('translation_units')
          .select(['id', 'file', 'source', 'target', 'state', 'repeat', 'ordinal', 'generation'])
          .where('gone', '=', 0)
          .orderBy('ordinal')
          .execute(),
      );
    const writtenBy = async (import_: number) =>
      (await rows()).filter((row) => row.generation === import_).map(({ file }) => file);
    return { database, game, run, rows, writtenBy, units: new UnitStore(database) };
  }

  const threeFiles = () => ({
    'a.json': linesFrom(1, 1500),
    'b.json': linesFrom(2001, 3500),
    'c.json': linesFrom(4001, 5500),
  });

  test('of an unchanged game writes no unit', async () => {
    const { run, writtenBy } = await project(threeFiles());
    expect(await run()).toMatchObject({ files: 3, units: 4500, new: 4500 });
    expect(await run()).toMatchObject({ files: 3, units: 4500, new: 0, changed: 0, gone: 0 });
    expect(await writtenBy(2)).toEqual([]);
  });

  test('of a game with thirty new lines in its first file writes only that file', async () => {
    const { game, run, rows, writtenBy, units } = await project(threeFiles());
    await run();
    const added = Array.from({ length: 30 }, (_, i) => `Added ${i}.`);
    writeFileSync(join(game, 'a.json'), linesFrom(1, 1500, added));
    expect(await run()).toMatchObject({ units: 4530, new: 30, changed: 0, gone: 0 });
    expect(new Set(await writtenBy(2))).toEqual(new Set(['a.json']));
    const after = await rows();
    expect(after.slice(0, 30).map(({ source }) => source)).toEqual(added);
    expect(after.map(({ file }) => file)).toEqual(after.map(({ file }) => file).toSorted());
    expect(new Set(after.map(({ ordinal }) => ordinal)).size).toBe(4530);
    expect(await units.pending('p', 0, 10_000, false)).toHaveLength(4530);
  });

  test('of a game without a readable file, the error says why one could not be read', async () => {
    const { run } = await project({ 'a.json': '{"broken' });
    await expect(run()).rejects.toMatchObject({
      code: 'file_unreadable',
      message: expect.stringMatching(/could be read; a\.json: ./),
    });
  });

  test('marks removed lines and files as gone; their repeats elsewhere are then no repeats', async () => {
    const { game, run, rows } = await project({
      'a.json': linesFrom(1, 3, ['Yes.']),
      'b.json': linesFrom(11, 13, ['No.']),
      'c.json': linesFrom(21, 23, ['Yes.', 'No.']),
    });
    expect(await run()).toMatchObject({ repeats: 2 });
    rmSync(join(game, 'a.json'));
    writeFileSync(join(game, 'b.json'), linesFrom(11, 13));
    expect(await run()).toMatchObject({ new: 0, gone: 5, repeats: 0 });
    const after = await rows();
    expect(after.map(({ repeat }) => repeat)).toEqual(after.map(() => 0));
    expect(after.filter(({ file }) => file === 'c.json').map(({ generation }) => generation)).toEqual([
      1, 1, 1, 1, 1,
    ]);
    writeFileSync(join(game, 'a.json'), linesFrom(1, 3, ['Yes.']));
    expect(await run()).toMatchObject({ new: 0, gone: 0, repeats: 1 });
  });

  test('that was interrupted is repaired by the next one, even if the file has its old content again', async () => {
    const { game, database, run, rows } = await project({
      'a.json': linesFrom(1, 5),
      'b.json': linesFrom(11, 15),
    });
    await run();
    const before = (await rows()).map(({ source }) => source);
    writeFileSync(join(game, 'a.json'), linesFrom(3, 8));
    await expect(run(new StoppedStore(database))).rejects.toThrow('stopped');
    writeFileSync(join(game, 'a.json'), linesFrom(1, 5));
    await run();
    expect((await rows()).map(({ source }) => source)).toEqual(before);
  });

  test('keeps the translation of each line, and takes new translations from the file', async () => {
    const { game, database, run, rows } = await project({ 'a.json': linesFrom(1, 2) });
    await run();
    const [first] = await rows();
    const pair = (await new UnitStore(database).byIds('p', [first!.id]))[0]!.pair;
    const reviewed = {
      state: 'reviewed',
      problems: null,
      severity: null,
      origin: 'person',
      model: null,
    } as const;
    const texts = [{ id: first!.id, pair, target: '一', ...reviewed }];
    const save = { project: 'p', language: 'Japanese', now: 2, texts, byPerson: true };
    await database.write((open) => open.db.transaction().execute((trx) => saveTexts(open, trx, save)));
    writeFileSync(
      join(game, 'a.json'),
      JSON.stringify({ 'Line number 1 of the story.': 'x', 'Line number 2 of the story.': '二' }),
    );
    await run();
    expect((await rows()).map(({ target, state }) => [target, state])).toEqual([
      ['一', 'reviewed'],
      ['二', 'draft'],
    ]);
  });

  test('keeps the ids of a project of an earlier version', async () => {
    const { database, run, rows } = await project({ 'a.json': linesFrom(1, 2) });
    await run();
    for (const { id, source } of await rows())
      await database.write(({ db }) =>
        db
          .updateTable('translation_units')
          .set({ id: unitIdOf('p', 'a.json', source, 'whole') })
          .where('id', '=', id)
          .execute(),
      );
    await database.write(({ db }) =>
      db.updateTable('translation_files').set({ fingerprint: null }).execute(),
    );
    expect(await run()).toMatchObject({ new: 0, changed: 0, gone: 0 });
    expect((await rows()).map(({ id }) => id)).toEqual(
      [1, 2].map((n) => unitIdOf('p', 'a.json', `Line number ${n} of the story.`, 'whole')),
    );
  });

  test('a file that was named, but is not read beside scripts or has no format, is reported', async () => {
    const files = { 'a.rpy': 'label a:\n    "One."\n', 'b.txt': 'Two.\n', 'c.bin': 'x', 'd.txt': 'Three.\n' };
    const { run } = await project(files, {
      formats: undefined,
      include: ['./a.rpy', './b.txt', './c.bin'],
    });
    expect((await run()).left_out.map(({ path, reason_detail: detail }) => [path, detail?.code])).toEqual([
      ['c.bin', 'no_format'],
      ['b.txt', 'beside_engine'],
    ]);
  });

  test('a broken file is left out, with its fault as a code and its values', async () => {
    const { run } = await project({ 'a.json': linesFrom(1, 3), 'b.json': '{ "One": "",\n  "Two" "" }' });
    expect((await run()).left_out).toEqual([
      {
        path: 'b.json',
        reason: 'Line 2: this is not JSON: a colon is expected here',
        reason_detail: { code: 'json', values: { line: 2, fault: 'colon', at_end: false } },
      },
    ]);
  });
});

test('the ids of one file share a prefix, so that its units are neighbours in an index', () => {
  const begin = (file: string, key: string) => unitIdOf('p', file, key).split('-')[0];
  expect(begin('a.txt', '1')).toBe(begin('a.txt', '2'));
  expect(begin('a.txt', '1')).not.toBe(begin('b.txt', '1'));
  expect(unitIdOf('p', 'a.txt', '1')).not.toBe(unitIdOf('p', 'a.txt', '2'));
});

test('a file that outgrows its room moves only as many later files as needed', () => {
  const first = new FilePlaces(new Map());
  const before = new Map(
    ['a', 'b', 'c', 'd'].map((path) => [path, { first_ordinal: first.take(path, 100), fingerprint: 'x' }]),
  );
  expect([...before.values()].map(({ first_ordinal }) => first_ordinal)).toEqual([1, 121, 241, 361]);
  const same = new FilePlaces(before);
  expect(['a', 'b', 'c', 'd'].map((path) => same.take(path, 100))).toEqual([1, 121, 241, 361]);
  const grown = new FilePlaces(before);
  expect(
    ['a', 'new', 'b', 'c', 'd'].map((path) =>
      grown.take(path, path === 'a' ? 115 : path === 'new' ? 30 : 100),
    ),
  ).toEqual([1, 116, 146, 246, 361]);
});
