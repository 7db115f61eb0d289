import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { problemCodes } from '../main/core/translation/checks/problem.ts';
import { at, documents } from '../scripts/support/documents.mjs';
import { englishTables } from '../scripts/languages/catalogues.mjs';

const { blocks } = documents.get('docs/adding-a-check.md');
const checkCode = blocks.find(({ text }) => text.includes('export function figureProblems'))?.text ?? '';
const lines = blocks.find(({ text }) => text.includes("['figures']]"))?.text ?? '';

async function documentedCheck() {
  const folder = mkdtempSync(join(tmpdir(), 'panel-check-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'figure-checks.ts');
  const tokens = pathToFileURL(at('main/core/translation/text/code-tokens.ts')).href;
  writeFileSync(file, checkCode.replace('../text/code-tokens.ts', tokens));
  return import(/* @vite-ignore */ pathToFileURL(file).href);
}

test('the example check finds what its example tests say', async () => {
  const { figureProblems } = await documentedCheck();
  // The lines are literals of strings, as in a test file.
  const cases = JSON.parse(`[${lines.replaceAll("'", '"').replace(/,\s*$/, '')}]`);
  expect(cases.length).toBeGreaterThan(2);
  for (const [source, target, codes] of cases) {
    const found = figureProblems({ source, target, syntaxes: undefined }).map((problem) => problem.code);
    // The other codes of a line are from the checks that there are.
    expect(found, source).toEqual(codes.filter((code) => code === 'figures'));
  }
});

test('every check has a name in the interface', async () => {
  const { review } = (await englishTables()).translationReview;
  expect(Object.keys(review.problem).toSorted()).toEqual([...problemCodes].toSorted());
});
