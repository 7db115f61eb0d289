import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { comfyvnRegistry, testCore, type TestCore } from '../__fixtures__/test-core.ts';
import { openAiReply, startUpstream } from '../__fixtures__/upstream.ts';

const messages = [{ role: 'user', content: 'hi' }];
const folder = 'config/llm/providers';
const entry = (base: string, more: object = {}) => ({
  name: 'my_box',
  adapter: 'openai_compat',
  base,
  models: [{ id: 'tiny', options: { temperature: 0.1 } }],
  ...more,
});

/** Resolves when the core next reports that the registry may have changed. */
function nextChange({ core }: TestCore): Promise<void> {
  return new Promise((resolve) => {
    const stop = core.onEvent((event) => {
      if (event.type !== 'stale' || !event.operations.includes('registry.get')) return;
      stop();
      resolve();
    });
  });
}

/** Waits until the registry is as wanted; checks whenever the core reports a change. */
async function untilRegistry(made: TestCore, wanted: (view: Awaited<ReturnType<typeof get>>) => boolean) {
  for (;;) {
    const change = nextChange(made);
    const view = await get(made);
    if (wanted(view)) return view;
    await change;
  }
}
const get = ({ ask }: TestCore) => ask('registry.get');

describe("a JSON file in the user's folder", () => {
  test('is a new provider, and a call reaches its address with its options', async () => {
    const upstream = await startUpstream(openAiReply('hello from the box'));
    const { ask } = testCore({ files: { [`${folder}/my-box.json`]: entry(`${upstream.url}/v1/`) } });
    expect((await ask('registry.get')).providers.at(-1)).toMatchObject({
      name: 'my_box',
      kind: 'local',
      origin: 'user',
      enabled: true,
      base: `${upstream.url}/v1`,
    });
    expect(await ask('chat.send', { model: 'my_box/tiny', messages })).toMatchObject({
      provider: 'my_box',
      model: 'tiny',
      reply: 'hello from the box',
    });
    expect(upstream.requests[0]).toMatchObject({ method: 'POST', path: '/v1/chat/completions' });
    expect(upstream.requests[0]?.json()).toMatchObject({ model: 'tiny', messages, temperature: 0.1 });
  });

  test('overrides ComfyVN’s and the built-in one of the same name', async () => {
    const own = entry('http://127.0.0.1:9/v1', { name: 'lmstudio_local' });
    const { ask } = testCore({
      files: { [`${folder}/lm.json`]: own },
      env: { COMFYVN_LLM_REGISTRY: comfyvnRegistry },
    });
    const same = (await ask('registry.get')).providers.filter((p) => p.name === 'lmstudio_local');
    expect(same.map((p) => [p.origin, p.base])).toEqual([['user', 'http://127.0.0.1:9/v1']]);
  });

  test('with an unknown field has a warning with the closest known name', async () => {
    const { ask } = testCore({
      files: { [`${folder}/my-box.json`]: entry('http://127.0.0.1:9/v1', { timout: 9 }) },
    });
    expect((await ask('registry.get')).warnings).toEqual([
      expect.stringMatching(/my-box\.json.*"timout".*"timeout"/),
    ]);
  });

  test('with the name of another file’s provider is ignored, and both files are named', async () => {
    const made = testCore({ files: { [`${folder}/a.json`]: entry('http://127.0.0.1:9/v1') } });
    made.write(`${folder}/b.json`, entry('http://127.0.0.1:8/v1'));
    const { providers, warnings } = await made.ask('registry.refresh');
    expect(warnings).toEqual([
      expect.stringMatching(/b\.json, at name: .*a\.json; the provider is left out/),
    ]);
    expect(providers.find((p) => p.name === 'my_box')?.base).toBe('http://127.0.0.1:9/v1');
  });

  test('that is broken hides only itself, and forty others still answer', async () => {
    const good = Array.from({ length: 40 }, (_, n) => `box_${n}`);
    const files = Object.fromEntries(
      good.map((name) => [`${folder}/${name}.json`, entry('http://127.0.0.1:9/v1', { name })]),
    );
    const { ask } = testCore({ files: { ...files, [`${folder}/aaa.json`]: '{"name": "aaa",' } });
    const { providers, warnings } = await ask('registry.get');
    expect(providers.filter((p) => p.origin === 'user').map((p) => p.name)).toHaveLength(40);
    expect(warnings).toEqual([expect.stringMatching(/aaa\.json.*left out until this is fixed/)]);
  });

  test('that is valid wins over a broken one that had the name first', async () => {
    const made = testCore({ files: { [`${folder}/a.json`]: entry('http://127.0.0.1:9/v1') } });
    made.write(`${folder}/a.json`, '{');
    made.write(`${folder}/b.json`, entry('http://127.0.0.1:8/v1'));
    const { providers } = await made.ask('registry.refresh');
    expect(providers.filter((p) => p.name === 'my_box').map((p) => p.base)).toEqual([
      'http://127.0.0.1:8/v1',
    ]);
  });

  test('without .json as its extension is ignored', async () => {
    const { ask } = testCore({ files: { [`${folder}/notes.txt`]: '{{{', [`${folder}/x.json.bak`]: '{{{' } });
    expect((await ask('registry.get')).warnings).toEqual([]);
  });
});

describe('files are watched, without a refresh:', () => {
  test('a provider that is added, changed and removed', async () => {
    const upstream = await startUpstream(openAiReply('watched'));
    const made = testCore();
    made.core.settle();
    const file = made.write(`${folder}/my-box.json`, entry('http://127.0.0.1:9/v1'));
    await untilRegistry(made, (v) => v.providers.some((p) => p.name === 'my_box'));
    made.write(`${folder}/my-box.json`, entry(`${upstream.url}/v1`));
    await untilRegistry(made, (v) => v.providers.some((p) => p.base === `${upstream.url}/v1`));
    expect(await made.ask('chat.send', { provider: 'my_box', messages })).toMatchObject({ reply: 'watched' });
    rmSync(file);
    await untilRegistry(made, (v) => !v.providers.some((p) => p.name === 'my_box'));
  });

  test('a broken one keeps its last content in use with one warning, however often it is saved, until it is fixed', async () => {
    const made = testCore({ files: { [`${folder}/my-box.json`]: entry('http://127.0.0.1:9/v1') } });
    made.core.settle();
    made.write(`${folder}/my-box.json`, '{"name": "my_box"');
    await untilRegistry(made, (v) => v.warnings.some((w) => w.includes('is not JSON')));
    made.write(`${folder}/my-box.json`, '{"name": "my_box"}');
    const view = await untilRegistry(made, (v) => v.warnings.some((w) => w.includes('adapter')));
    expect(view.warnings).toHaveLength(1);
    expect(view.warnings[0]).toContain('used as it was last read');
    expect(view.providers.find((p) => p.name === 'my_box')?.base).toBe('http://127.0.0.1:9/v1');
    made.write(`${folder}/my-box.json`, entry('http://127.0.0.1:7/v1'));
    const mended = await untilRegistry(made, (v) =>
      v.providers.some((p) => p.base === 'http://127.0.0.1:7/v1'),
    );
    expect(mended.warnings).toEqual([]);
  });

  test('ComfyVN’s file, when an editor replaces it', async () => {
    const made = testCore();
    const file = made.write('comfyvn/registry.json', { providers: [entry('http://127.0.0.1:9/v1')] });
    made.env['COMFYVN_LLM_REGISTRY'] = file;
    await made.ask('registry.refresh');
    made.core.settle();
    renameSync(
      made.write('comfyvn/registry.json.tmp', { providers: [entry('http://127.0.0.1:8/v1')] }),
      file,
    );
    await untilRegistry(made, (v) => v.providers.some((p) => p.base === 'http://127.0.0.1:8/v1'));
  });

  test('ComfyVN’s file, when it is created later', async () => {
    const made = testCore();
    const file = join(made.root, 'comfyvn', 'registry.json');
    made.write('comfyvn/other.txt', '');
    made.env['COMFYVN_LLM_REGISTRY'] = file;
    made.core.settle();
    made.write('comfyvn/registry.json', { providers: [entry('http://127.0.0.1:9/v1')] });
    await untilRegistry(made, (v) => v.providers.some((p) => p.name === 'my_box'));
  });

  test('the feature flags', async () => {
    const made = testCore();
    made.core.settle();
    made.write('config/comfyvn.json', { features: { enable_llm_openai: true } });
    const view = await untilRegistry(made, (v) => v.features['enable_llm_openai'] === true);
    expect(view.providers.filter((p) => p.kind === 'cloud' && p.enabled).map((p) => p.name)).toEqual([
      'openai_public',
    ]);
  });
});
