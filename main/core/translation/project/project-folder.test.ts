import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../__fixtures__/test-core.ts';
import { isProjectFolder, readGlossary, readProject, writeGlossary } from './project-folder.ts';

const rows = 'term,translation\r\nアヤ,Aya\r\n';

/** A folder whose glossary has these bytes. */
function folderWith(bytes: Buffer): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'glossary.csv'), bytes);
  return folder;
}

test.each([
  ['UTF-8', Buffer.from(rows)],
  ['UTF-8 with a byte order mark, as Excel saves it', Buffer.from(`\ufeff${rows}`)],
  ['UTF-16, as Excel saves Unicode text', Buffer.from(`\ufeff${rows.replaceAll(',', '\t')}`, 'utf16le')],
])('a glossary in %s is read', (_encoding, bytes) => {
  expect(readGlossary(folderWith(bytes))).toMatchObject([{ term: 'アヤ', translation: 'Aya' }]);
});

test('a glossary in Shift_JIS is refused with the position', () => {
  const folder = folderWith(iconv.encode(rows, 'Shift_JIS'));
  expect(() => readGlossary(folder)).toThrow(
    /glossary\.csv is neither UTF-8 nor UTF-16.*at byte 18: save it as UTF-8/,
  );
});

test('a glossary is read back as it was written, and a missing one is empty', async () => {
  const folder = temporaryFolder();
  expect(readGlossary(folder)).toEqual([]);
  const entries = readGlossary(folderWith(Buffer.from(rows)));
  await writeGlossary(folder, entries);
  expect(readGlossary(folder)).toEqual(entries);
});

test('a project file that is missing, not text or not JSON is refused with its name', () => {
  const folder = temporaryFolder();
  expect(() => readProject(folder)).toThrow(/project\.json is not there/);
  writeFileSync(join(folder, 'project.json'), iconv.encode('{"name":"雨"}', 'Shift_JIS'));
  expect(() => readProject(folder)).toThrow(/project\.json is neither UTF-8 nor UTF-16/);
  writeFileSync(join(folder, 'project.json'), '{"name":');
  expect(() => readProject(folder)).toThrow(/project\.json is not JSON/);
});

test.each([
  ['one of ours', '{"format":1,"id":"a","game":"..","target_language":"Japanese"}', true],
  ['one of ours that is broken', '{"format":1,', true],
  ['that of Ren’Py’s launcher', '{"display_name":"The Question","build_update":false}', false],
  ['a list', '[1]', false],
])('a folder with %s as project.json: recognized as a project or not', (_what, json, isProject) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'project.json'), json);
  expect(isProjectFolder(folder)).toBe(isProject);
});
