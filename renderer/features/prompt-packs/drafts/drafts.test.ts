import { expect, test } from 'vitest';
import { packDrafts } from './drafts.ts';
import { fingerprint, workOf } from './pack-draft.ts';

const saved = workOf({ pack: { module: 'm' }, system: 's', template: 't', schema: {}, samples: {} });
const sent = { work: saved, texts: {}, base: fingerprint(saved) };

test('a pack that is edited during its save keeps the edit, based on the files that the save wrote', async () => {
  const edited = { work: { ...saved, system: 'later' }, texts: {}, base: 'the files before' };
  await packDrafts.save('m', sent, async () => packDrafts.edit('m', edited, false));
  expect(packDrafts.get('m')).toEqual({ ...edited, base: sent.base });
});

test('a pack that equals what was saved has no draft after the save, unless a text is not valid yet', async () => {
  const draft = { work: { ...saved, schema: '{ }' }, texts: {}, base: 'the files before' };
  packDrafts.set('m', draft);
  await packDrafts.save('m', sent, async () => undefined);
  expect(packDrafts.get('m')).toBeUndefined();
  const invalid = { ...draft, texts: { 'sample:0': '{"half' } };
  await packDrafts.save('m', sent, async () => packDrafts.edit('m', invalid, false));
  expect(packDrafts.get('m')?.texts).toEqual(invalid.texts);
});
