import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { packFile } from '../../../../contract/prompt-pack.ts';
import { checkExpectations } from '../scores/check-expectations.ts';
import { withoutCode } from '../../translation/text/code-tokens.ts';
import { isInLanguage, type TestableLanguage } from '../../translation/text/text-language.ts';
import { checkReferences } from '../__fixtures__/check-references.ts';
import { matchedTerms } from './export-units.ts';
import { readTrialSet, type VariableRules } from './read-trial-set.ts';
import type { TrialSet, TrialUnit } from './trial-set.ts';

const root = join(import.meta.dirname, '../../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const json = (path: string) => JSON.parse(read(path)) as Record<string, unknown>;
const packOf = (module: string) => packFile.parse(json(`prompt-packs/${module}/pack.json`));

/** The variables that a module's prompt pack declares, as JSON Schema. */
function rulesOf(module: string): VariableRules {
  const { variables } = packOf(module);
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile({
    type: 'object',
    additionalProperties: false,
    required: variables.flatMap(({ name, required }) => (required ? [name] : [])),
    properties: Object.fromEntries(variables.map(({ name, type, schema }) => [name, { ...schema, type }])),
  });
  return (given) =>
    validate(given)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message = '' }) => ({ path: instancePath, message }));
}

/** Top-level fields of a module's replies; null if a reply is free text. */
function fieldsOf(module: string): string[] | null {
  const schemas = [
    json(`registry/modules/${module}.json`)['schema'],
    json(`prompt-packs/${module}/output.schema.json`),
  ] as { properties?: object }[];
  const names = schemas.flatMap((schema) => Object.keys(schema?.properties ?? {}));
  return names.length ? names : null;
}

const files = readdirSync(join(root, 'trial-sets')).filter((name) => name.endsWith('.jsonl'));
const readSet = (file: string) => readTrialSet(read(`trial-sets/${file}`), rulesOf);

function setOf(file: string): TrialSet {
  const { set } = readSet(file);
  if (!set) throw new Error(`${file} has no header`);
  return set;
}
const all = files.map((file) => [file, setOf(file)] as const);
const translations = all.filter(([, { header }]) => header.module === 'translate');

test('every module has a set, with as many units as the documentation states', () => {
  const counts = Object.fromEntries(all.map(([file, { units }]) => [file, units.length]));
  const documented = [
    ...read('trial-sets/README.md').matchAll(/^\| `([\w-]+\.jsonl)` +\|.*\| +(\d+) +\|$/gm),
  ];
  expect(Object.fromEntries(documented.map(([, file, count]) => [file, Number(count)]))).toEqual(counts);
  expect(new Set(all.map(([, { header }]) => header.module))).toEqual(
    new Set(
      readdirSync(join(root, 'prompt-packs'), { withFileTypes: true }).flatMap((e) =>
        // Scenes are translated by the presets of `translate`, whose set serves for both.
        e.isDirectory() && e.name !== 'translate_scene' ? [e.name] : [],
      ),
    ),
  );
});

describe.each(all)('%s', (file, { header, units }) => {
  test('is named after its set, has a free licence, and has no problem', () => {
    expect([`${header.name}.jsonl`, header.licence]).toEqual([file, 'CC0-1.0']);
    expect(readSet(file).problems).toEqual([]);
  });

  test('expects something of each reply that a program can check', () => {
    const idle = units.filter(
      ({ references, expect }) => !references && !expect?.some(({ kind }) => kind !== 'language'),
    );
    expect(idle.map(({ id }) => id)).toEqual([]);
  });

  test('checks only fields that a reply has', () => {
    const fields = fieldsOf(header.module);
    for (const { id, expect: expectations = [] } of units)
      for (const { at } of expectations)
        for (const path of [at].flat()) {
          const [first = ''] = path.split(/[.[]/);
          if (fields) expect(fields, `${id}: ${path}`).toContain(first);
          else expect(path, id).toBe('');
        }
  });

  test('lists only choices and outcomes that exist', () => {
    for (const { id, variables, expect: expectations = [] } of units)
      for (const one of expectations) {
        if (one.kind !== 'one_of' && one.kind !== 'includes') continue;
        const known = JSON.stringify(variables);
        for (const value of one.values)
          if (value !== null && value !== 'draw')
            expect(known, `${id}: ${one.id}`).toContain(JSON.stringify(value));
      }
  });

  test('has no duplicate texts', () => {
    const texts = units.map(({ variables: v }) =>
      JSON.stringify(
        v['source_text'] ??
          v['seed_text'] ?? [v['message'], v['context'], v['fighters'], v['node_id'], v['pov']],
      ),
    );
    expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([]);
  });
});

describe.each(translations)('the references of %s', (_, set) => {
  const each = (use: (unit: TrialUnit, source: string, reference: string) => void) => {
    for (const unit of set.units)
      for (const reference of unit.references ?? [])
        use(unit, String(unit.variables['source_text']), reference);
  };

  test('exist for every unit, and preserve code, line breaks and glossary', () => {
    expect(set.units.filter(({ references }) => !references).map(({ id }) => id)).toEqual([]);
    expect(checkReferences(set)).toEqual([]);
  });

  test('pass their units’ expectations, and the source does not', () => {
    each(({ id, expect: expectations = [] }, source, translation) => {
      const failed = checkExpectations(expectations, { translation }).filter(({ ok }) => !ok);
      expect(failed, `${id}: ${translation}`).toEqual([]);
      const asked = expectations.some(({ kind }) => kind === 'language');
      const untranslated = checkExpectations(expectations, { translation: source });
      if (asked)
        expect(
          untranslated.map(({ ok }) => ok),
          `${id}: ${source}`,
        ).toContain(false);
    });
    const asked = set.units.filter((unit) => unit.expect?.some(({ kind }) => kind === 'language'));
    expect(asked.length).toBeGreaterThan(0.75 * set.units.length);
  });

  test('have exactly the terms that occur in their glossary', () => {
    for (const unit of set.units) {
      const given = Object.keys((unit.variables['glossary'] ?? {}) as object);
      expect(
        matchedTerms(unit).map(([term]) => term),
        unit.id,
      ).toEqual(given);
    }
  });

  test('are in the target language, and the sources in theirs', () => {
    // A key's name, `[[Esc]`, is Latin in every language.
    const bare = (text: string) => withoutCode(text).replace(/\[\[\w+\]/g, '');
    each(({ id }, source, reference) => {
      const { source_language: from, target_language: into } = set.header;
      if (into === 'en' || /[ぁ-ん]/.test(reference))
        expect(isInLanguage(bare(reference), into as TestableLanguage), `${id}: ${reference}`).not.toBe(
          false,
        );
      if (from === 'en' || /[ぁ-ん]/.test(source))
        expect(isInLanguage(bare(source), from as TestableLanguage), `${id}: ${source}`).not.toBe(false);
    });
  });

  test('cover speakers, scenes, glossary, code, menus and interface', () => {
    const tags = new Set(set.units.flatMap((unit) => unit.tags ?? []));
    for (const tag of [
      'tag',
      'placeholder',
      'printf',
      'brace',
      'percent',
      'doubled',
      'rpgmaker',
      'kag',
      'choice',
      'ui',
      'joke',
      'pun',
      'register',
      'honorific',
      'glossary',
    ])
      expect(tags, tag).toContain(tag);
    expect(new Set(set.units.map(({ variables }) => variables['speaker'])).size).toBeGreaterThanOrEqual(6);
  });
});
