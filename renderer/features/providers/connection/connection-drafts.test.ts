import { expect, test } from 'vitest';
import { connectionDrafts } from './connection-drafts.ts';

const sent = {
  label: 'Mine',
  base: 'http://a',
  timeout: '',
  enabled: true,
  headers: [],
  settings: '',
  forget: ['headers.Cookie'],
};

test('an entry that equals what was saved has no draft after the save', async () => {
  connectionDrafts.set('p', structuredClone(sent));
  await connectionDrafts.save('p', sent, async () => undefined);
  expect(connectionDrafts.get('p')).toBeUndefined();
});

test('an edit made during a save stays unsaved, without the fields that the save removed', async () => {
  const edited = { ...sent, label: 'Later', forget: ['headers.Cookie', 'token'] };
  await connectionDrafts.save('p', sent, async () => connectionDrafts.edit('p', edited, false));
  expect(connectionDrafts.get('p')).toEqual({ ...edited, forget: ['token'] });
});
