import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const keyed = [
  ['openai_public', 'google_gemini'],
  ['anthropic_public', 'openrouter'],
];
const packs = ['translate', 'narrator'];
const read = (root, path) =>
  existsSync(join(root, path)) ? JSON.parse(readFileSync(join(root, path), 'utf8')) : {};

const pack = (module, n) => ({
  pack: {
    module,
    title: 'T',
    version: '1.0.0',
    description: '',
    tags: [],
    options: {},
    variables: [{ name: 'line', type: 'string', required: true, description: 'A line.', sample: 'a' }],
    checks: [],
  },
  system: String(n),
  template: `${n} {{ line }}`,
  schema: { extends: 'module' },
  samples: { first: { title: 'First', variables: { line: 'b' } } },
});

/**
 * One process's changes to a user's files, and the values that the files must have afterwards: the last acknowledged value,
 * or after a change without an answer, that value or the one before. Each process changes its own items.
 */
export class FileChanges {
  acknowledged = 0;
  #which;
  #keysFile;
  #n = 0;
  /** The allowed values, by item. */
  #expected = new Map();

  /**
   * @param {number} which the number of the process
   * @param {string} keysFile the file of saved keys of this process, in the data folder
   */
  constructor(which, keysFile) {
    this.#which = which;
    this.#keysFile = keysFile;
  }

  /** The next change: an operation, its input, the item that it changes, and the item's new value. */
  next() {
    const n = ++this.#n;
    const which = this.#which;
    const slot = (n * 7) % 20;
    const id = `mine-${which}-${slot}`;
    const current = this.#expected.get(`preset ${id}`)?.at(-1);
    const settings = { provider: 'stub', model: 'stub', options: { seed: n } };
    switch (n % 6) {
      case 0:
        return {
          name: 'features.set',
          input: { flag: `flag_${which}_${slot}`, enabled: n % 4 === 0 },
          item: `flag flag_${which}_${slot}`,
          value: n % 4 === 0,
        };
      case 1:
        return {
          name: 'settings.update',
          input: { drafts: { [`d-${which}-${slot}`]: n } },
          item: `draft d-${which}-${slot}`,
          value: n,
        };
      case 2:
        if (n % 30 !== 2) return this.#preset(id, current, settings, n);
        return {
          name: 'keys.set',
          input: { provider: keyed[which][n % 2], key: `sk-measured-${which}-${n}-0123456789` },
          item: `key ${keyed[which][n % 2]}`,
          value: true,
        };
      case 3:
        return {
          name: 'packs.save',
          input: { content: pack(packs[which], n) },
          item: `pack ${packs[which]}`,
          value: String(n),
        };
      default:
        return this.#preset(id, current, settings, n);
    }
  }

  #preset(id, current, settings, n) {
    const item = `preset ${id}`;
    const module = 'translate';
    if (current === undefined)
      return { name: 'presets.create', input: { module, preset: { id, ...settings } }, item, value: n };
    if (n % 5 === 0) return { name: 'presets.remove', input: { module, id }, item, value: undefined };
    return { name: 'presets.update', input: { module, id, set: { options: { seed: n } } }, item, value: n };
  }

  /** @param answer true: acknowledged; false: refused; undefined: unknown */
  done({ item, value }, answer) {
    if (answer) this.acknowledged++;
    if (answer === true) this.#expected.set(item, [value]);
    if (answer === undefined) this.#expected.set(item, [...(this.#expected.get(item) ?? [undefined]), value]);
  }

  /** Describes each item whose value in the files is not allowed. */
  missingIn(root) {
    const presets = new Map(
      (read(root, 'config/llm/presets/translate.json').presets ?? []).map(({ id, options }) => [
        id,
        options.seed,
      ]),
    );
    const { features = {} } = read(root, 'config/comfyvn.json');
    const { drafts = {} } = read(root, 'panel.json');
    const { keys = {} } = read(root, this.#keysFile);
    const system = (module) => {
      const path = join(root, 'config/llm/packs', module, 'system.md');
      return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    };
    const now = {
      preset: (name) => presets.get(name),
      flag: (name) => features[name],
      draft: (name) => drafts[name],
      key: (name) => (name in keys ? true : undefined),
      pack: system,
    };
    return [...this.#expected].flatMap(([item, values]) => {
      const [kind, name] = item.split(' ');
      const actual = now[kind](name);
      return values.includes(actual) ? [] : [`${item} is ${actual}, not ${values.join(' or ')}`];
    });
  }
}
