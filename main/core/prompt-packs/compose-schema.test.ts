import { describe, expect, test } from 'vitest';
import { composeSchema } from './compose-schema.ts';

const module = {
  type: 'object',
  additionalProperties: false,
  required: ['summary', 'hooks'],
  properties: {
    summary: { type: 'string' },
    hooks: {
      type: 'array',
      items: { type: 'object', additionalProperties: false, properties: { name: { type: 'string' } } },
    },
  },
};

describe('a pack over its module', () => {
  test('further properties and required names are joined, and the object stays closed', () => {
    const file = { extends: 'module', required: ['outcome'], properties: { outcome: { type: 'string' } } };
    expect(composeSchema(file, module)).toEqual({
      ...module,
      required: ['summary', 'hooks', 'outcome'],
      properties: { ...module.properties, outcome: { type: 'string' } },
    });
  });

  test('limits inside a shared property are kept beside what the module says of it', () => {
    const file = { extends: 'module', properties: { hooks: { maxItems: 3, items: { required: ['name'] } } } };
    const hooks = {
      ...module.properties.hooks,
      maxItems: 3,
      items: { ...module.properties.hooks.items, required: ['name'] },
    };
    expect(composeSchema(file, module)).toMatchObject({ properties: { hooks } });
  });

  test('neither file is changed', () => {
    const before = structuredClone(module);
    composeSchema(
      { extends: 'module', required: ['x'], properties: { x: {}, hooks: { maxItems: 1 } } },
      module,
    );
    expect(module).toEqual(before);
  });

  test.each([
    [{ extends: 'module', properties: { summary: { type: 'string' } } }, '/properties/summary/type'],
    [{ extends: 'module', properties: { summary: { type: 'number' } } }, '/properties/summary/type'],
    [{ extends: 'module', additionalProperties: true }, '/additionalProperties'],
    [
      { extends: 'module', properties: { hooks: { items: { properties: { more: {} } } } } },
      '/properties/hooks/items/properties/more',
    ],
    [{ extends: 'translate' }, '/extends'],
  ])('a second truth is refused with its place: %j', (file, path) => {
    expect(() => composeSchema(file, module)).toThrow(expect.objectContaining({ path }));
  });

  test('free text is null, a schema of its own stands alone', () => {
    expect(composeSchema({ extends: 'module' }, undefined)).toBeNull();
    expect(composeSchema({}, module)).toBeNull();
    expect(composeSchema({ type: 'array' }, module)).toEqual({ type: 'array' });
  });
});
