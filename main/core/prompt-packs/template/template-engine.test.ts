import { beforeAll, describe, expect, test } from 'vitest';
import { createTemplateEngine, type TemplateEngine } from './template-engine.ts';
import { templateLimits } from './template-limits.ts';

let engine: TemplateEngine;
beforeAll(async () => {
  engine = await createTemplateEngine();
});

const fill = (source: string, variables: Record<string, unknown> = {}) =>
  engine.compile(source, 'system.md').render(variables);
const numbers = Array.from({ length: 2000 }, (_, i) => i);

describe('supported template features', () => {
  test.each([
    ['{% if glossary %}a{% else %}b{% endif %}', { glossary: null }, 'b'],
    ['{% for g in guides %}{{ forloop.index }}. {{ g }} {% endfor %}', { guides: ['x', 'y'] }, '1. x 2. y'],
    ['{% if f.style %}{{ f.style }}{% else %}plain{% endif %}', { f: {} }, 'plain'],
    ['{{ role | default: "someone" }}', { role: null }, 'someone'],
    ['{{ n }} {{ yes }}', { n: 0, yes: false }, '0 false'],
    ['{{ list | json }}', { list: [{ a: '"' }] }, '[{"a":"\\""}]'],
    ['{% if tags contains "x" %}in{% endif %}', { tags: ['x'] }, 'in'],
    ['{% raw %}{{ name }}{% endraw %}', {}, '{{ name }}'],
  ])('%s', (source, variables, text) => {
    expect(fill(source, variables)).toBe(text);
  });

  test('a value that looks like a template is not rendered again', () => {
    expect(fill('{{ line }}', { line: '{{ secret }}{% if %}' })).toBe('{{ secret }}{% if %}');
  });

  test('the variables a template reads are listed, without those of its loops', () => {
    const { uses } = engine.compile('{% for a in list %}{{ a.x }}{{ b }}{% endfor %}', 'system.md');
    expect(uses.map(({ name }) => name).sort()).toEqual(['b', 'list']);
  });
});

describe('a template can reach only its own variables', () => {
  test.each([
    '{% include "system.md" %}',
    '{% render "/etc/passwd" %}',
    '{% layout "x" %}',
    '{% block x %}{% endblock %}',
    '{% capture x %}y{% endcapture %}',
    '{% liquid echo 1 %}',
    '{% increment x %}',
  ])('%s is refused when it is parsed', (source) => {
    expect(() => engine.compile(source, 'system.md')).toThrow(/not found.*system\.md/);
  });

  test.each([
    'push: list',
    'where_exp: "a", "b"',
    'date: "%9999999d"',
    'replace: "a", "b"',
    'inspect',
    'no_such',
  ])('the filter %s is refused', (filter) => {
    expect(() => engine.compile(`{{ list | ${filter} }}`, 'system.md')).toThrow('undefined filter');
  });

  test.each([
    '{{ constructor }}',
    '{{ toString }}',
    '{{ object.constructor }}',
    '{{ object.__proto__ }}',
    '{{ object["constructor"]["prototype"] }}',
    '{{ text.constructor }}',
    '{{ list.constructor }}',
  ])('%s is undefined', (source) => {
    expect(() => fill(source, { object: {}, text: 'a', list: [] })).toThrow('undefined variable');
  });

  test('map reaches no prototype', () => {
    expect(fill('{{ list | map: "constructor" | json }}', { list: [{}] })).toBe('[null]');
  });

  test('an undefined variable is an error with its position, not an empty text', () => {
    expect(() => fill('one\n{{ sorce }}', { source: 1 })).toThrow(/undefined variable: sorce, line:2/);
  });

  test('an object is never rendered as [object Object]', () => {
    expect(() => fill('{{ object }}', { object: {} })).toThrow('| json');
  });
});

describe('a template that never ends, or grows without end, is stopped', () => {
  test('nested loops', () => {
    const loops = '{% for i in n %}{% for j in n %}{% for k in n %}{% endfor %}{% endfor %}{% endfor %}';
    expect(() => fill(loops, { n: numbers })).toThrow('template render limit exceeded');
  });

  test.each([
    '{% for i in (1..1000000000) %}{% endfor %}',
    '{{ (1..9) | json }}',
    '{% if (a..b) contains 1 %}{% endif %}',
  ])('the range in %s', (source) => {
    expect(() => engine.compile(source, 'system.md')).toThrow(/a range .* line:1/);
  });

  test('a range at 2^53, where adding one changes nothing', () => {
    const source = '{% for i in (9007199254740992..9007199254740994) %}{% endfor %}';
    expect(() => engine.compile(source, 'system.md')).toThrow('a range');
  });

  test('a range behind quotes that end a tag early', () => {
    const source = '{{ "}}" | append: (1..9) | json }}';
    expect(() => engine.compile(source, 'system.md')).toThrow('a range');
  });

  test('a text that doubles itself', () => {
    const source = '{% for i in n %}{% assign s = s | append: s %}{% endfor %}';
    expect(() => fill(source, { n: numbers, s: 'ab' })).toThrow('memory alloc limit exceeded');
  });

  test('a gigabyte written piece by piece', () => {
    const source = '{% for i in n %}{{ s }}{% endfor %}';
    expect(() => fill(source, { n: numbers, s: 'x'.repeat(500_000) })).toThrow(
      `beyond ${templateLimits.output}`,
    );
  });

  test('filters that copy a large text again and again', () => {
    const source = '{{ s | upcase | downcase | upcase }}';
    expect(() => fill(source, { s: 'x'.repeat(900_000) })).toThrow('memory alloc limit exceeded');
  });

  test('JSON indented by ten million spaces', () => {
    expect(fill('{{ a | json: 10000000 }}', { a: [[1]] })).toBe('[[1]]');
  });

  test('a search whose cost is the product of two lengths', () => {
    const variables = { a: 'a'.repeat(1_000_000), b: `b${'a'.repeat(500_000)}` };
    expect(() => fill('{% if a contains b %}x{% endif %}', variables)).toThrow('"contains" looks for');
  });

  test('thousands of tags inside each other', () => {
    const source = '{% if true %}'.repeat(2600) + '{% endif %}'.repeat(2600);
    // The engine's depth limit depends on the runtime, so the test accepts either outcome, as long as it
    // ends.
    let outcome: string;
    try {
      outcome = fill(source);
    } catch (error) {
      outcome = String(error);
    }
    expect(outcome).toMatch(/^$|Maximum call stack size exceeded/);
  });

  test('a template of a megabyte', () => {
    expect(() => engine.compile('x'.repeat(1_000_000), 'system.md')).toThrow('parse length limit exceeded');
  });
});
