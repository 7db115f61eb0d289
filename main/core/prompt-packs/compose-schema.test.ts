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

describe('a pack’s schema that extends its module’s', () => {
  test('adds properties and required names, and the object stays closed', () => {
    const file = { extends: 'module', required: ['outcome'], properties: { outcome: { type: 'string' } } };
    expect(composeSchema(file, module)).toEqual({
      ...module,
      required: ['summary', 'hooks', 'outcome'],
      properties: { ...module.properties, outcome: { type: 'string' } },
    });
  });

  test('adds limits to a shared property', () => {
    const file = { extends: 'module', properties: { hooks: { maxItems: 3, items: { required: ['name'] } } } };
    const hooks = {
      ...module.properties.hooks,
      maxItems: 3,
      items: { ...module.properties.hooks.items, required: ['name'] },
    };
    expect(composeSchema(file, module)).toMatchObject({ properties: { hooks } });
  });

  test('changes neither file', () => {
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
  ])('is refused with its position where it redefines the module’s: %j', (file, path) => {
    expect(() => composeSchema(file, module)).toThrow(expect.objectContaining({ path }));
  });

  test('is null for free text, and stands alone where it does not extend', () => {
    expect(composeSchema({ extends: 'module' }, undefined)).toBeNull();
    expect(composeSchema({}, module)).toBeNull();
    expect(composeSchema({ type: 'array' }, module)).toEqual({ type: 'array' });
  });
});
