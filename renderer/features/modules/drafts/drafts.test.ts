import { expect, test } from 'vitest';
import { presetDrafts } from './drafts.ts';

const settings = { provider: 'p', model: 'm', options: { temperature: 0.3 }, notes: '' };
const draft = { settings, texts: {} };

/** The form creates its own objects: equal, but not identical. */
const equalDraft = () => ({ texts: {}, settings: { ...settings, schema: undefined } });

test('a preset that equals what was saved has no draft after the save', async () => {
  presetDrafts.set('m/a', draft);
  await presetDrafts.save('m/a', draft, async () => presetDrafts.edit('m/a', equalDraft(), false));
  expect(presetDrafts.get('m/a')).toBeUndefined();
});

test('a preset that is edited during its save keeps the edit, including text that is not valid yet', async () => {
  for (const edited of [
    { settings: { ...settings, options: { temperature: 0.4 } }, texts: {} },
    { settings, texts: { json: '{"half' } },
  ]) {
    presetDrafts.set('m/a', draft);
    await presetDrafts.save('m/a', draft, async () => presetDrafts.edit('m/a', edited, false));
    expect(presetDrafts.get('m/a')).toEqual(edited);
  }
});
