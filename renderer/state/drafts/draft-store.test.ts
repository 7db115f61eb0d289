import { expect, test } from 'vitest';
import { draftStore } from './draft-store.ts';

function storeOf() {
  const drafts = draftStore<string>((draft, sent) => (draft === sent ? null : draft));
  return {
    draft: () => drafts.get('a') ?? null,
    discard: () => drafts.set('a', null),
    /** Types a text into a form whose file contains `saved`. */
    type: (text: string, saved: string) => drafts.edit('a', text, text === saved),
    save: (text: string, write: () => void | Promise<void> = () => undefined) =>
      drafts.save('a', text, async () => write()),
  };
}

test('a saved draft is no longer a draft, and neither is an edit that is undone by hand', async () => {
  const { draft, type, save } = storeOf();
  type('new', 'old');
  await save('new');
  expect(draft()).toBeNull();
  type('newer', 'new');
  type('new', 'new');
  expect(draft()).toBeNull();
});

test('what is typed during a save stays unsaved', async () => {
  const { draft, type, save } = storeOf();
  type('new', 'old');
  await save('new', () => type('newer', 'old'));
  expect(draft()).toBe('newer');
});

test('an edit back to the former text during a save stays unsaved, since the file has the new text', async () => {
  const { draft, type, save } = storeOf();
  type('new', 'old');
  await save('new', () => type('old', 'old'));
  expect(draft()).toBe('old');
});

test('a draft that is discarded during a save stays discarded', async () => {
  const { draft, discard, type, save } = storeOf();
  type('new', 'old');
  await save('new', discard);
  expect(draft()).toBeNull();
});

test('of two saves at once the later one decides what is unsaved', async () => {
  const { draft, type, save } = storeOf();
  const answers: (() => void)[] = [];
  const answered = () => new Promise<void>((resolve) => answers.push(resolve));
  type('one', 'old');
  const first = save('one', answered);
  type('two', 'old');
  const second = save('two', answered);
  type('one', 'old');
  answers[0]?.();
  await first;
  expect(draft(), 'the file says "one" only until the second save').toBe('one');
  answers[1]?.();
  await second;
  expect(draft()).toBe('one');
});

test('a failed save leaves the draft and rejects with its error', async () => {
  const { draft, type, save } = storeOf();
  type('new', 'old');
  const failure = new Error('no');
  const saving = save('new', () => {
    throw failure;
  });
  await expect(saving).rejects.toBe(failure);
  expect(draft()).toBe('new');
  type('old', 'old');
  expect(draft()).toBeNull();
});
