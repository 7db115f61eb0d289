import { describe, expect, it } from 'vitest';
import { sharedChat, answerOf, chatTo, errorOf, hello } from '../../__fixtures__/chat-core.ts';
import { whole } from '../../__fixtures__/provider-replies.ts';
import { protocols } from '../../__fixtures__/protocols.ts';

const { openAi } = protocols;
const nested = (depth: number): object => (depth === 0 ? {} : { not: nested(depth - 1) });
/** A second of the product's own, on a busy machine. */
const soonMs = 20_000;

/** A schema nested deeper than a recursive reader's stack allows. */
function bottomless(): object {
  let schema: object = {};
  for (let i = 0; i < 100_000; i++) schema = { not: schema };
  return schema;
}

const shared = sharedChat();

describe('refused before anything is sent', () => {
  it.each([
    ['64 kB', { enum: Array.from({ length: 7000 }, (_, i) => `value ${i}`) }, 'larger than 64 kB'],
    ['depth 33', nested(33), 'nested deeper than 32'],
    ['a remote reference', { $ref: 'https://example.org/schema.json' }, 'remote reference'],
    ['a file', { properties: { a: { $ref: 'file:///etc/passwd' } } }, 'remote reference'],
    ['a relative reference', { items: [{ $ref: 'other.json#/x' }] }, 'remote reference'],
    ['a remote dynamic reference', { $dynamicRef: '//example.org/x' }, 'remote reference'],
    ['a reference to nothing', { $ref: '#/$defs/nowhere' }, "can't resolve reference"],
    ['an unknown type', { type: 'text' }, 'schema'],
    ['thousands of parts', { allOf: Array.from({ length: 2800 }, () => ({ type: 'string' })) }, 'compiled'],
    ['an invalid pattern', { pattern: '(' }, 'regular expression'],
  ])('%s', async (_, schema, why) => {
    const { upstream, core } = shared;
    upstream.answer(whole(openAi.reply('{}')));
    const error = await errorOf(core, chatTo(openAi, { schema }));
    expect(error.code).toBe('invalid_request');
    expect(error.message.toLowerCase()).toContain(why.toLowerCase());
    expect(error.details?.['fields']).toMatchObject([{ path: 'schema' }]);
    expect(upstream.exchanges).toHaveLength(0);
  });

  it('a schema nested too deeply', async () => {
    const error = await errorOf(shared.core, chatTo(openAi, { schema: bottomless() }));
    expect(error).toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('nested deeper than'),
    });
  });
});

describe('accepted', () => {
  it.each([
    ['depth 32', nested(30), { x: 1 }],
    [
      'draft-07, as most tools write it',
      {
        $schema: 'http://json-schema.org/draft-07/schema#',
        definitions: { n: { type: 'number' } },
        properties: { a: { $ref: '#/definitions/n' } },
      },
      { a: 1 },
    ],
    [
      '2020-12 by its own name',
      { $schema: 'https://json-schema.org/draft/2020-12/schema', prefixItems: [{ type: 'number' }] },
      [1],
    ],
    [
      'an $id of its own',
      {
        $id: 'https://example.org/mira.json',
        $defs: { n: { type: 'number' } },
        properties: { a: { $ref: '#/$defs/n' } },
      },
      { a: 1 },
    ],
    ['keywords of other dialects', { type: 'object', 'x-order': ['a'], nullable: true, example: {} }, {}],
    ['a plain pattern', { properties: { a: { type: 'string', pattern: '^[a-z]{2}$' } } }, { a: 'de' }],
    ['a property called $ref', { properties: { $ref: { type: 'string' } } }, { $ref: 'x' }],
  ])('%s', async (_, schema, json) => {
    const { upstream, core } = shared;
    upstream.answer(whole(openAi.reply(JSON.stringify(json))));
    expect((await answerOf(core, chatTo(openAi, { schema }))).data.json).toEqual(json);
  });
});

describe('with a time limit', () => {
  const catastrophic = { type: 'string', pattern: '^(a+)+$' };
  const trap = `${'a'.repeat(40)}!`;

  it.each([
    ['one pattern', { properties: { a: catastrophic } }, { a: trap }],
    [
      'a pattern on each of a thousand items',
      { contains: catastrophic },
      Array.from({ length: 1000 }, () => trap),
    ],
    [
      'a pattern for names',
      { patternProperties: { '^(a+)+$': false, x: {} }, additionalProperties: false },
      Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${'a'.repeat(40)}${i}!`, 1])),
    ],
    [
      'a list of unique items',
      { type: 'array', uniqueItems: true, items: {} },
      Array.from({ length: 60_000 }, (_, i) => ({ a: { b: [i] } })),
    ],
    [
      'a pattern in each of five hundred alternatives',
      { anyOf: Array.from({ length: 500 }, (_, i) => ({ type: 'string', pattern: `^(a+)+${i}$` })) },
      trap,
    ],
  ])('%s that would run forever fails validation within the time limit', async (_, schema, json) => {
    const { upstream, core } = shared;
    upstream.answer(whole(openAi.reply(JSON.stringify(json))));
    const started = performance.now();
    const error = await errorOf(core, chatTo(openAi, { schema, retries: 0 }));
    expect(error.code).toBe('output_schema_mismatch');
    expect(performance.now() - started).toBeLessThan(soonMs);
  });

  it.each([
    ['to itself', { $ref: '#' }],
    [
      'in a cycle',
      { $ref: '#/$defs/a', $defs: { a: { anyOf: [{ $ref: '#/$defs/b' }] }, b: { $ref: '#/$defs/a' } } },
    ],
  ])('an endless reference %s is a schema mismatch, not an internal error', async (_, schema) => {
    const { upstream, core } = shared;
    upstream.answer(whole(openAi.reply('{"a":1}')));
    const error = await errorOf(core, chatTo(openAi, { schema, retries: 0 }));
    expect(error.code).toBe('output_schema_mismatch');
  });

  it('a reply of any depth is a schema mismatch, not an internal error', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const { upstream, core } = shared;
    upstream.answer(whole(openAi.reply(deep)));
    const schema = { type: 'array', items: { $ref: '#' } };
    const error = await errorOf(core, chatTo(openAi, { schema, retries: 0 }));
    expect(error.code).toBe('output_schema_mismatch');
  });
});

it('thousands of patterns take no memory to speak of', async () => {
  const { upstream, core } = shared;
  upstream.answer(whole(openAi.reply('{"p1":"a"}')));
  const before = process.memoryUsage().rss;
  for (let n = 0; n < 8; n++) {
    // Windows has stack for fewer fields in one object than Linux.
    const patterns = Array.from({ length: 400 }, (_, i) => [`p${i}`, { pattern: `^a${n}?$` }]);
    const schema = { properties: Object.fromEntries(patterns) };
    expect((await answerOf(core, chatTo(openAi, { schema }))).data.json).toEqual({ p1: 'a' });
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
});

describe('with the mock', () => {
  it.each([
    ['a contradiction', { type: 'string', enum: [1] }],
    ['a schema that allows nothing', { not: {} }],
    ['a billion items', { type: 'array', minItems: 1e9, items: { type: 'string' } }],
    ['a cycle', { $ref: '#' }],
    ['a text that matches no pattern', { type: 'string', pattern: '(?!)' }],
  ])('%s: the mock reports within the time limit that there is no instance', async (_, schema) => {
    const started = performance.now();
    const error = await errorOf(shared.core, { messages: hello, schema, mock: true });
    expect(error.code).toBe('invalid_request');
    expect(performance.now() - started).toBeLessThan(soonMs);
  });

  it('the mock makes an instance of a plain schema that fits it', async () => {
    const schema = { type: 'object', properties: { a: { type: 'integer', minimum: 3 } }, required: ['a'] };
    const answer = await answerOf(shared.core, { messages: hello, schema, mock: true });
    expect(answer).toMatchObject({
      reply: '{"a":3}',
      mock: true,
      cost: { total: 0 },
      data: { json: { a: 3 } },
    });
  });
});
