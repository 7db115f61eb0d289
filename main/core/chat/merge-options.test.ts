import { expect, it } from 'vitest';
import type { Registry } from '../registry/build-registry.ts';
import { mergeOptions, type ChatCall } from './merge-options.ts';
import type { Resolved } from './resolve.ts';

const merge = (defaults: object, model: object, preset: object, request: Partial<ChatCall>) =>
  mergeOptions(
    { defaults: { options: defaults } } as Registry,
    { model: { options: model }, presetOptions: preset } as unknown as Resolved,
    request,
  );

it('later layers win, and null takes an inherited option out until a later layer sets it again', () => {
  const request = { params: { top_p: null, seed: 7 }, temperature: 0.2 };
  expect(merge({ top_p: 1, seed: null }, { temperature: 1 }, { max_tokens: 5, top_p: 0.5 }, request)).toEqual(
    { temperature: 0.2, max_tokens: 5, seed: 7 },
  );
  expect(merge({ top_p: 1 }, { top_p: null }, { top_p: 0.3 }, {})).toEqual({ top_p: 0.3 });
});

it('a name out of a file that reaches into prototypes changes nothing', () => {
  const options = JSON.parse('{"__proto__":{"stream":true},"seed":1}') as object;
  const merged = merge(options, {}, options, {});
  expect([merged, merged['stream'], Object.getPrototypeOf(merged)]).toEqual([
    { seed: 1 },
    undefined,
    Object.prototype,
  ]);
});
