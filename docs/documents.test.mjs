import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { errorStatus } from '../contract/errors.ts';
import { exitCodes } from '../main/cli/exit-codes.ts';
import { all, at, documents, files, where } from '../scripts/support/documents.mjs';
import { anchorOf, readMarkdown } from '../scripts/support/markdown.mjs';
import { projectRoot, readJson } from '../scripts/support/project.mjs';

// Most of it waits for processes.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('what a document refers to exists:', () => {
  test('links, to a file and to a heading in it', () => {
    const dead = all('links').filter(({ file, target }) => {
      if (/^https?:/.test(target)) return false;
      const [path, anchor] = target.split('#');
      const full = path ? resolve(dirname(at(file)), path) : at(file);
      if (!existsSync(full)) return true;
      if (!anchor) return false;
      return !readMarkdown(full).headings.some((heading) => anchorOf(heading) === anchor);
    });
    expect(dead.map((link) => `${where(link)} ${link.target}`)).toEqual([]);
  });

  test('paths in this repository', () => {
    const path =
      /^(main|contract|renderer|registry|docs|scripts|e2e|bench|packaging|preload|prompt-packs)\/[\w./-]*$/;
    const dead = all('inline').filter(
      ({ file, text }) =>
        path.test(text) && !existsSync(at(text)) && !existsSync(resolve(dirname(at(file)), text)),
    );
    // What a build makes has its own test.
    expect(
      dead.filter(({ text }) => !text.startsWith('out/')).map((code) => `${where(code)} ${code.text}`),
    ).toEqual([]);
  });

  test('files by their path in the core, as in the architecture document', () => {
    const { inline } = documents.get('docs/architecture.md');
    const named = inline.filter(({ text }) => /^[\w-]+(\/[\w-]+)*\.ts$/.test(text));
    const places = ['main/core', 'main', '.'];
    const dead = named.filter(({ text }) => !places.some((location) => existsSync(at(location, text))));
    expect(dead).toEqual([]);
    expect(named.length).toBeGreaterThan(8);
  });

  test('npm scripts and files that Node is to run', () => {
    const { scripts } = readJson(at('package.json'));
    const texts = [...all('inline'), ...all('blocks')];
    const dead = texts.flatMap((item) => [
      ...[...item.text.matchAll(/\bnpm run ([\w:-]+)/g)]
        .filter(([, name]) => !scripts[name])
        .map(([reported]) => `${where(item)} ${reported}`),
      ...[...item.text.matchAll(/\bnpm (start|test)\b/g)]
        .filter(([, name]) => !scripts[name])
        .map(([reported]) => `${where(item)} ${reported}`),
      ...[...item.text.matchAll(/(?:^|\s)node ((?:out|scripts|bench)\/[\w./-]+)/g)]
        .filter(([, file]) => !existsSync(at(file)))
        .map(([reported]) => `${where(item)} ${reported}`),
    ]);
    expect(dead).toEqual([]);
  });
});

function sources(folder) {
  const names = readdirSync(at(folder), { recursive: true }).map(String);
  return names
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|__fixtures__/.test(name))
    .map((name) => readFileSync(at(folder, name), 'utf8'));
}

describe('configuration.md matches the code', () => {
  const table = [
    ...readFileSync(at('docs/configuration.md'), 'utf8').matchAll(/^\| `(COMFYVN_[A-Z_<>]+)`/gm),
  ].map(([, name]) => name);
  const code = new Set(
    ['main', 'contract', 'renderer']
      .flatMap(sources)
      .flatMap((text) => [...text.matchAll(/COMFYVN_(?:LLM_)?[A-Z_]*[A-Z]/g)].map(([name]) => name))
      // The beginning of a name that ends with a provider's.
      .filter((name) => name !== 'COMFYVN_LLM'),
  );

  test('every variable that the code reads is in the table', () => {
    const documented = readFileSync(at('docs/configuration.md'), 'utf8');
    // Those of one provider follow from the pattern.
    const own = /^COMFYVN_LLM_.+_(BASE_URL|API_KEY|HEADERS|TIMEOUT)$/;
    expect(
      [...code].filter(
        (name) =>
          !documented.includes(`\`${name}`) && !(own.test(name) && name !== 'COMFYVN_LLM_DEFAULT_TIMEOUT'),
      ),
    ).toEqual([]);
  });

  test('every variable in the table is read by the code', () => {
    const passphraseFile = sources('main').some((text) => text.includes('}_FILE`'));
    const made = new Set([...code, ...(passphraseFile ? ['COMFYVN_LLM_KEY_PASSPHRASE_FILE'] : [])]);
    const endings = ['BASE_URL', 'API_KEY', 'HEADERS', 'TIMEOUT'];
    expect(
      table.filter(
        (name) => !made.has(name) && !endings.some((ending) => name === `COMFYVN_LLM_<PROVIDER>_${ending}`),
      ),
    ).toEqual([]);
    const text = sources('main').join('\n');
    for (const ending of endings) expect(text, ending).toMatch(new RegExp(`['_]${ending}['\`]`));
  });

  test('no document names a variable that is missing from the table', () => {
    const text = readFileSync(at('docs/configuration.md'), 'utf8');
    const known = (name) =>
      text.includes(`\`${name}`) || /^COMFYVN_LLM_.+_(BASE_URL|API_KEY|HEADERS|TIMEOUT)$/.test(name);
    const unknown = [...all('inline'), ...all('blocks')].flatMap((item) =>
      [...item.text.matchAll(/\b(?:COMFYVN|PANEL)_[A-Z_]*[A-Z]/g)]
        .filter(([name]) => !known(name))
        .map(([name]) => `${where(item)} ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  test('the server’s flags match its own help', () => {
    const { stdout } = spawnSync(process.execPath, [at('out/main/headless.js'), '--help'], {
      encoding: 'utf8',
    });
    const row =
      /^\| `npm run serve --`.*$/m.exec(readFileSync(at('docs/configuration.md'), 'utf8'))?.[0] ?? '';
    const flags = (text) => [...text.matchAll(/--[a-z]+/g)].map(([flag]) => flag);
    expect(new Set(flags(row.split('|')[2] ?? ''))).toEqual(new Set(flags(stdout)));
  });

  test('every file that the code stores in the runtime root is in the table', () => {
    const text = readFileSync(at('docs/configuration.md'), 'utf8');
    const joined = sources('main').flatMap((source) =>
      [...source.matchAll(/join\((?:\w+\.)*#?runtimeRoot, ((?:'[\w.]+'(?:, )?)+)/g)].map(([, parts]) =>
        [...parts.matchAll(/'([\w.]+)'/g)].map(([, part]) => part).join('/'),
      ),
    );
    expect(joined.length).toBeGreaterThan(5);
    expect(joined.filter((path) => !text.includes(`\`${path}`))).toEqual([]);
  });
});

test('troubleshooting.md has an entry for exactly the existing error codes, with their status', () => {
  const text = readFileSync(at('docs/troubleshooting.md'), 'utf8');
  const entries = [...text.matchAll(/^### `(\w+)`\n\n(\d{3})\b/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(Object.fromEntries(entries)).toEqual(errorStatus);
  expect(entries).toHaveLength(Object.keys(errorStatus).length);
});

test('command-line.md lists the exit codes', () => {
  const text = readFileSync(at('docs/command-line.md'), 'utf8');
  const rows = [...text.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
  expect(rows).toEqual(Object.values(exitCodes));
});

test('no document contains the path of this machine', () => {
  const home = relative('/', projectRoot);
  expect(files.filter((file) => readFileSync(at(file), 'utf8').includes(home))).toEqual([]);
});
