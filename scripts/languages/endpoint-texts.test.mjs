import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../support/project.mjs';
import { isEnglishLeft, otherCatalogues } from './catalogues.mjs';

const source = join(projectRoot, 'main', 'http', 'openapi', 'endpoints.ts');
const { endpointsAt } = await import(pathToFileURL(source).href);
const endpoints = endpointsAt('http://127.0.0.1', false).map(({ method, path }) => `${method} ${path}`);

/** Fields, paths and examples stay as they are, and so do names of other software. */
const unchanged =
  /`[^`]+`|glossary\.csv|XUnity\.AutoTranslator|CustomTranslate|OpenRouter|TabbyAPI|Prometheus|Responses|Messages|Schema|gettext|\bfalse\b|null|\bzip\b|\bMB\b/g;

describe.each(Object.entries(await otherCatalogues()))('%s', (_language, catalogue) => {
  test('every endpoint has a text, and no other', () => {
    expect(Object.keys(catalogue.endpoints).sort()).toEqual(endpoints.toSorted());
    expect(endpoints.length).toBeGreaterThan(80);
  });

  test('no English is left except names', () => {
    const left = Object.values(catalogue.endpoints).filter((text) =>
      isEnglishLeft(text.replace(unchanged, '')),
    );
    expect(left).toEqual([]);
  });
});
