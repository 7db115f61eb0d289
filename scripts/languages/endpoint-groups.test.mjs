import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { projectRoot } from '../support/project.mjs';

const texts = join(projectRoot, 'renderer', 'messages', 'server-messages.ts');
const { serverMessages } = await import(pathToFileURL(texts).href);

/** The tags in the sources of the OpenAPI document: of one route, of several, or a constant that names a protocol. */
function tagsInSources() {
  const folder = join(projectRoot, 'main', 'http', 'openapi');
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const written = /\btag(?:: | = |s: \[)(['"])(.+?)\1|^const \w+ = (")(.+ protocols?)";$/gm;
  return sources.flatMap((text) => [...text.matchAll(written)].map((match) => match[2] ?? match[4]));
}

test('every group of endpoints has a name in the catalogue', () => {
  const tags = new Set(tagsInSources());
  expect([...tags].filter((tag) => !(tag in serverMessages.server.groups))).toEqual([]);
  expect(Object.keys(serverMessages.server.groups).filter((name) => !tags.has(name))).toEqual([]);
});
