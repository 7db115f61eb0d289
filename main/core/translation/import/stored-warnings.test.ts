import { expect, test } from 'vitest';
import { fileWarning } from '../../../formats/file-warning.ts';
import { shownWarnings, storedWarnings } from './stored-warnings.ts';

test('a note on a file keeps its code and its values', () => {
  const note = fileWarning('lines_ignored', { lines: 3 }, '3 lines are ignored.');
  expect(shownWarnings(storedWarnings([note]))).toEqual({
    warnings: ['3 lines are ignored.'],
    warning_details: [{ code: 'lines_ignored', values: { lines: 3 } }],
  });
  expect(storedWarnings([])).toBeNull();
});

test('notes of older versions have only their messages', () => {
  expect(shownWarnings('["3 lines are ignored."]')).toEqual({
    warnings: ['3 lines are ignored.'],
    warning_details: [null],
  });
});
