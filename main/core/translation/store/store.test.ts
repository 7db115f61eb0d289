import { expect, test } from 'vitest';
import { onBothDatabases } from '../../calls/__fixtures__/test-calls.ts';
import { text, unit, testStores } from '../__fixtures__/stores.ts';
import { pairOf } from '../units/text-pair.ts';

onBothDatabases('translation projects', (newLocation) => {
  const stores = () => testStores(newLocation);

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

  test('a changed source keeps its earlier text in `previous_*`, and takes its translation from the memory', async () => {
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

  test('a line that disappears is marked as gone, and restored when it returns', async () => {
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
    const { importUnits, units, save, memory, projects } = await stores();
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
    expect(await memory.offered('p', 'Japanese', 10)).toBe(1);
    const offered = await memory.suggestions('Japanese', { pair: pairOf('Hi.', null), project: 'p' }, 5);
    expect(offered.map(({ target, project_name }) => [target, project_name])).toEqual([
      ['どうも', 'Game b'],
      ['やあ', 'Game a'],
    ]);
    await importUnits([unit(1, 'Hi.', { generation: 2 })], { language: 'Japanese', others: true });
    expect((await units.list('p', {}, 0, 10))[0]).toMatchObject({ target: 'どうも', state: 'reviewed' });
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
