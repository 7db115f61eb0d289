import { describe, expect, test } from 'vitest';
import { switchSteps } from './switch-steps.ts';

const flags = ['enable_llm_openai_public', 'enable_llm_openai', 'enable_public_llm'];
const cloud = { name: 'openai_public', enabled: false, flags };
const local = { name: 'lmstudio_local', enabled: true, flags: [] };

describe('one switch changes only what its provider needs', () => {
  test('on: its own flag, and nothing if a flag is on already', () => {
    expect(switchSteps(cloud, {}, true)).toEqual([{ flag: { flag: flags[0], enabled: true } }]);
  });

  test('on: also the provider’s file if that disables it; flags that are on stay', () => {
    expect(switchSteps(cloud, { enable_public_llm: true }, true)).toEqual([{ entry: true }]);
    expect(switchSteps({ ...local, enabled: false }, {}, true)).toEqual([{ entry: true }]);
  });

  test('off: every flag of its own that is on', () => {
    const features = { enable_llm_openai_public: true, enable_llm_openai: true };
    expect(switchSteps({ ...cloud, enabled: true }, features, false)).toEqual([
      { flag: { flag: flags[0], enabled: false } },
      { flag: { flag: flags[1], enabled: false } },
    ]);
  });

  test('off: never the flag for all clouds', () => {
    expect(switchSteps({ ...cloud, enabled: true }, { enable_public_llm: true }, false)).toEqual([
      { entry: false },
    ]);
    expect(switchSteps(local, {}, false)).toEqual([{ entry: false }]);
  });
});
