import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SillyTavernImported } from '../../../../contract/sillytavern.ts';
import { testCore } from '../../__fixtures__/test-core.ts';
import { PersonaFiles } from '../../emulation/persona-files.ts';
import { cardChunk, itxtChunk, png, textChunk } from './__fixtures__/png.ts';

const cardData = {
  name: 'Mika',
  description: '{{char}} keeps the lighthouse. <USER> is her guest.',
  personality: 'dry, kind',
  scenario: 'A storm.',
  first_mes: 'You are late, {{user}}.',
  mes_example: '<START>\n{{char}}: Hm. {{random:a,b}}',
  system_prompt: '',
  post_history_instructions: '',
  alternate_greetings: ['Go away.'],
  creator_notes: 'made with love',
  tags: ['sea', 7],
  creator: 'somebody',
  character_version: '2',
  extensions: { regex_scripts: [{ scriptName: 'x', replaceString: '<script>alert(1)</script>' }] },
  character_book: { entries: [] },
};
const cardV2 = { spec: 'chara_card_v2', spec_version: '2.0', data: cardData };
const cardV3 = {
  spec: 'chara_card_v3',
  spec_version: '3.0',
  data: {
    ...cardData,
    nickname: 'Mi',
    assets: [{ type: 'icon', uri: 'ccdefault:', name: 'main', ext: 'png' }],
  },
};
const preset = {
  chat_completion_source: 'openrouter',
  openrouter_model: 'qwen/qwen-2.5-72b-instruct',
  temperature: 0.8,
  top_p: 0.95,
  top_k: 40,
  frequency_penalty: 0.2,
  openai_max_context: 32_000,
  openai_max_tokens: 600,
  reasoning_effort: 'low',
  seed: -1,
  proxy_password: 'sk-proxy-secret-0123456789',
  custom_include_headers: 'Authorization: Bearer sk-header-secret-0123456789',
  prompts: [{ identifier: 'main', content: 'Write as {{char}}.' }],
  prompt_order: [],
};
const profiles = {
  extension_settings: {
    connectionManager: {
      profiles: [
        {
          id: 'a',
          mode: 'cc',
          name: 'Sonnet',
          api: 'claude',
          model: 'claude-sonnet-4-5',
          'secret-id': 'f00',
          preset: 'Mine',
        },
        {
          id: 'b',
          mode: 'tc',
          name: 'Kobold',
          api: 'koboldcpp',
          model: 'mn-12b',
          'api-url': 'http://192.168.1.20:5001/api/../',
        },
        { id: 'c', mode: 'cc', name: 'Mistral', api: 'mistralai', model: 'mistral-large' },
        { id: 'd', mode: 'cc', name: '夜', api: 'openai', model: 'gpt-4o-mini' },
        'nonsense',
      ],
    },
  },
};
const oldPreset = {
  openai_model: 'gpt-4o-mini',
  temp_openai: '0.7',
  freq_pen_openai: 0.1,
  main_prompt: 'Write.',
};

const json = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

function setUp() {
  const core = testCore();
  const importFile = (file: Buffer, name: string, mode: 'preview' | 'apply', more: object = {}) =>
    core.ask('sillytavern.import', { file: file.toString('base64'), file_name: name, mode, ...more });
  /** All files in the user's folder. */
  const files = () =>
    existsSync(join(core.root, 'config'))
      ? readdirSync(join(core.root, 'config'), { recursive: true, encoding: 'utf8' }).filter((name) =>
          name.endsWith('.json'),
        )
      : [];
  return { ...core, importFile, files };
}

const outcomes = ({ items }: SillyTavernImported) =>
  items.map(({ what, id, outcome }) => `${what} ${id}: ${outcome}`);
const paths = ({ left_out: out }: SillyTavernImported) => out.map(({ path }) => path);

describe('a Chat Completion preset', () => {
  it('becomes a preset of the module, without its keys and its prompts', async () => {
    const { importFile, ask, files } = setUp();
    const shown = await importFile(json(preset), 'Storm (v2).json', 'preview');
    expect(outcomes(shown)).toEqual(['preset st-storm-v2: added']);
    expect(shown).toMatchObject({ kind: 'chat_preset', applied: false, change: null });
    expect(shown.items[0]?.note).toMatch(
      /^openrouter\/qwen\/qwen-2.5-72b-instruct, temperature 0.8, .*max_tokens 600/,
    );
    expect(paths(shown)).toEqual(
      expect.arrayContaining(['prompts', 'proxy_password', 'custom_include_headers', 'openai_max_context']),
    );
    expect(JSON.stringify(shown)).not.toMatch(/secret-0123/);
    expect(files()).toEqual([]);
    expect(await importFile(json(preset), 'Storm (v2).json', 'apply')).toMatchObject({ applied: true });
    const { presets } = await ask('presets.list', { module: 'vn_chat' });
    expect(presets.find(({ id }) => id === 'st-storm-v2')?.current).toMatchObject({
      provider: 'openrouter',
      model: 'qwen/qwen-2.5-72b-instruct',
      options: {
        temperature: 0.8,
        top_p: 0.95,
        top_k: 40,
        frequency_penalty: 0.2,
        max_tokens: 600,
        reasoning: 'low',
      },
    });
    expect(outcomes(await importFile(json(preset), 'Storm (v2).json', 'preview'))).toEqual([
      'preset st-storm-v2: same',
    ]);
    await ask('presets.undo', {});
    expect((await ask('presets.list', { module: 'vn_chat' })).presets.map(({ id }) => id)).not.toContain(
      'st-storm-v2',
    );
  });

  it('of the first versions is OpenAI’s, with its numbers written as names and texts', async () => {
    const { importFile, ask } = setUp();
    await importFile(json(oldPreset), 'old.settings', 'apply', { module: 'Narrator' });
    const { presets } = await ask('presets.list', { module: 'narrator' });
    expect(presets.find(({ id }) => id === 'st-old')?.current).toMatchObject({
      provider: 'openai_public',
      options: { temperature: 0.7, frequency_penalty: 0.1 },
    });
  });

  it('for the user’s own server adds the provider, without an address that may hold a key', async () => {
    const { importFile, ask } = setUp();
    const own = {
      ...preset,
      chat_completion_source: 'custom',
      custom_model: 'mn-12b',
      custom_url: 'http://10.0.0.5:5000/v1/',
    };
    const done = await importFile(json(own), 'own.json', 'apply');
    expect(outcomes(done).toSorted()).toEqual(['preset st-own: added', 'provider st-10-0-0-5-5000: added']);
    const { provider } = await ask('providers.get', { name: 'st-10-0-0-5-5000' });
    expect(provider).toMatchObject({ base: 'http://10.0.0.5:5000/v1', kind: 'local' });
    const withKey = { ...own, custom_url: 'https://user:sk-secret-0123@evil.example/v1' };
    const refused = await importFile(json(withKey), 'own.json', 'preview');
    expect(outcomes(refused)).toEqual(['preset st-own: refused']);
    expect(JSON.stringify(refused)).not.toContain('sk-secret');
  });

  it('leaves out values of the wrong type and out of range, by name', async () => {
    const { importFile } = setUp();
    const odd = {
      ...preset,
      temperature: 'hot',
      top_p: 9,
      openai_max_tokens: -5,
      frequency_penalty: [1],
      min_p: {},
    };
    const shown = await importFile(json(odd), 'odd.json', 'preview');
    expect(outcomes(shown)).toEqual(['preset st-odd: added']);
    expect(paths(shown)).toEqual(
      expect.arrayContaining(['temperature', 'top_p', 'max_tokens', 'frequency_penalty', 'min_p']),
    );
  });
});

describe('connection profiles', () => {
  it('become presets of known providers and the user’s servers; the others are refused with the reason', async () => {
    const { importFile, ask, files } = setUp();
    const shown = await importFile(json(profiles), 'settings.json', 'preview');
    expect(outcomes(shown)).toEqual([
      'preset st-sonnet: added',
      'preset st-kobold: added',
      expect.stringMatching(/^preset st-[0-9a-f]{6}: added$/),
      'provider st-192-168-1-20-5001: added',
      'preset st-mistral: refused',
      'preset profiles[4]: refused',
    ]);
    expect(paths(shown)).toContain('profiles[0].secret-id');
    await expect(importFile(json(profiles), 'settings.json', 'apply')).rejects.toThrow(
      'nothing was imported',
    );
    expect(files()).toEqual([]);
    await importFile(json(profiles), 'settings.json', 'apply', { skip_refused: true });
    const { presets } = await ask('presets.list', { module: 'vn_chat' });
    expect(presets.find(({ id }) => id === 'st-sonnet')?.current.provider).toBe('anthropic_public');
  });
});

describe('a character card', () => {
  const files: [string, Buffer, string, string][] = [
    ['V2 in a PNG', png(cardChunk('chara', cardV2)), 'chara_card_v2', 'Mika keeps'],
    [
      'V3 beside V2 in a PNG',
      png(cardChunk('chara', cardV2), cardChunk('ccv3', cardV3)),
      'chara_card_v3',
      'Mi keeps',
    ],
    [
      'V3 in a compressed iTXt',
      png(itxtChunk('ccv3', Buffer.from(JSON.stringify(cardV3)).toString('base64'), true)),
      'chara_card_v3',
      'Mi keeps',
    ],
    ['V2 as JSON', json(cardV2), 'chara_card_v2', 'Mika keeps'],
    ['V1 as JSON', json(cardData), 'chara_card_v1', 'Mika keeps'],
  ];
  it.each(files)('%s becomes a persona that persists', async (_name, file, spec, text) => {
    const core = setUp();
    const { importFile, ask } = core;
    const shown = await importFile(file, 'Mika.card.png', 'preview');
    expect(outcomes(shown)).toEqual(['persona Mika: added']);
    expect(paths(shown).join()).toMatch(/alternate_greetings.*extensions|extensions.*alternate_greetings/);
    expect(JSON.stringify(shown)).not.toContain('<script>');
    expect(core.files()).toEqual([]);
    await importFile(file, 'Mika.card.png', 'apply');
    const { personas } = await ask('emulation.status', {});
    expect(personas).toMatchObject([{ persona_id: 'Mika', metadata: { spec, tags: ['sea'] } }]);
    expect(new PersonaFiles(core.root).list()).toEqual(personas);
    const guides = personas[0]?.style_guides.join('\n');
    expect(guides).toContain(text);
    expect(guides).toContain('the other is her guest');
    await ask('presets.undo', {});
    expect((await ask('emulation.status', {})).personas).toEqual([]);
  });

  it('replaces a broken file of the same persona, and undo puts that file back', async () => {
    const { importFile, ask, root, files } = setUp();
    await importFile(json(cardV2), 'Mika.json', 'apply');
    const path = join(root, 'config', files()[0] ?? '');
    writeFileSync(path, '{ "half": ');
    await importFile(json(cardV2), 'Mika.json', 'apply');
    await ask('presets.undo', {});
    expect(readFileSync(path, 'utf8')).toBe('{ "half": ');
  });
});

describe('a hostile or broken file', () => {
  const bomb = Buffer.alloc(300 * 1024 * 1024);
  const hostile: [string, Buffer, RegExp][] = [
    ['a compressed text of 300 MB', png(itxtChunk('chara', bomb, true)), /larger than 4 MB/],
    [
      'a chunk longer than the file',
      png({ ...textChunk('chara', 'x'), length: 2 ** 31 }),
      /longer than the file/,
    ],
    ['a card whose checksum is wrong', png({ ...cardChunk('chara', cardV2), badCrc: true }), /checksum/],
    ['a truncated image', png(cardChunk('chara', cardV2)).subarray(0, 60), /damaged/],
    ['an image without a card', png(textChunk('Comment', 'hello')), /no character card/],
    ['a card that is not base64', png(textChunk('chara', '%%%')), /base64/],
    [
      'a key that reaches into prototypes',
      json('{"spec":"chara_card_v2","data":{"name":"x","__proto__":{"a":1}}}'),
      /__proto__/,
    ],
    ['brackets 100,000 deep', json('['.repeat(100_000)), /JSON|nested/],
    ['an object 1,000 deep', json(`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`), /nested/],
    ['bytes that are not text', Buffer.from([0xff, 0xfe, 0xfd]), /neither a PNG nor a text/],
    ['truncated JSON', json('{"spec": "chara_card_v2", "da'), /JSON/],
    ['a text of 9 MB', Buffer.alloc(9 * 1024 * 1024, 0x20), /larger than 8 MB/],
    ['an archive', Buffer.from('PK\u0003\u0004rest'), /archive/],
    ['a card without a name', json({ spec: 'chara_card_v2', data: { description: 'x' } }), /no name/],
    [
      'a card with values of the wrong type',
      json({ spec: 'chara_card_v3', data: { name: ['x'], description: 7 } }),
      /no name/,
    ],
    ['a lorebook', json({ entries: { 0: { key: ['a'], content: 'b' } } }), /lorebook/],
    ['ComfyVN’s registry', json({ providers: [], defaults: {} }), /COMFYVN_LLM_REGISTRY/],
    ['a Text Completion preset', json({ temp: 1, rep_pen: 1.1 }), /Text Completion/],
    ['a list', json([1, 2, 3]), /no Chat Completion preset/],
    ['nothing', Buffer.alloc(0), /empty/],
  ];
  it.each(hostile)(
    '%s: the preview has the reason for the refusal, and nothing is written',
    async (_name, file, reason) => {
      const { importFile, files } = setUp();
      const shown = await importFile(file, '../../../etc/passwd', 'preview');
      expect(shown).toMatchObject({ kind: 'unknown', items: [{ what: 'file', outcome: 'refused' }] });
      expect(shown.items[0]?.reason).toMatch(reason);
      await expect(importFile(file, 'x.png', 'apply', { skip_refused: true })).rejects.toThrow(
        'nothing was imported',
      );
      expect(files()).toEqual([]);
    },
  );

  it('names that look like paths stay names: every file is written in its folder', async () => {
    const { importFile, files, ask } = setUp();
    const card = { spec: 'chara_card_v2', data: { ...cardData, name: '../../../../tmp/evil\\con' } };
    await importFile(json(card), 'x.json', 'apply');
    await importFile(json(preset), '..\\..\\con.json', 'apply');
    expect(files().map((name) => name.replaceAll('\\', '/'))).toEqual([
      expect.stringMatching(/^llm\/personas\/tmp-evil-con-[0-9a-f]{10}\.json$/),
      'llm/presets/vn_chat.json',
    ]);
    expect((await ask('emulation.status', {})).persona_count).toBe(1);
  });
});
