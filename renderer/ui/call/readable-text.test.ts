import { expect, test } from 'vitest';
import { readableText, replyText } from './readable-text.ts';

test('of a translation only the translated text is shown, with its line breaks', () => {
  expect(readableText({ translation: 'A.\nB.', notes: 'none' })).toBe('A.\nB.');
});

test('lines of a scene have their speakers, in order', () => {
  const beats = [
    { speaker: 'aoi', text: 'Stay.' },
    { speaker: 'narrator', text: 'The bridge gives way.' },
  ];
  expect(readableText({ outcome: 'win', beats, vars_patch: {} })).toBe(
    'outcome: win\n\nbeats:\naoi: Stay.\nnarrator: The bridge gives way.',
  );
});

test('the main text comes first, in any order of fields; empty ones are left out', () => {
  expect(readableText({ choice_id: null, rationale: 'Quiet.', narration: 'Dust.\nLight.', tags: [] })).toBe(
    'Dust.\nLight.\n\nrationale: Quiet.',
  );
});

test('a reply without readable JSON is shown as it arrived', () => {
  expect(replyText('Plain.', undefined)).toBe('Plain.');
  expect(replyText('{}', {})).toBe('{}');
  expect(replyText('{"a":3}', { a: 3 })).toBe('a: 3');
});
