import { beforeEach, expect, test, vi } from 'vitest';
import { forgetUndo, rememberUndo, takeLatestUndo } from './undo.ts';

beforeEach(forgetUndo);

test('the latest change is undone first', () => {
  const [first, second] = [vi.fn(), vi.fn()];
  rememberUndo(first);
  rememberUndo(second);
  takeLatestUndo()?.();
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
  takeLatestUndo()?.();
  expect([first.mock.calls.length, takeLatestUndo()]).toEqual([1, undefined]);
});

test('a change undone with its button is not undone again', () => {
  const undo = vi.fn();
  const byButton = rememberUndo(undo);
  byButton();
  byButton();
  expect([undo.mock.calls.length, takeLatestUndo()]).toEqual([1, undefined]);
});

test('a change undone with the shortcut is not undone again with its button', () => {
  const undo = vi.fn();
  const byButton = rememberUndo(undo);
  takeLatestUndo()?.();
  byButton();
  expect(undo).toHaveBeenCalledOnce();
});
