import { basename } from 'node:path';
import type { SetLine } from '../../../contract/trials.ts';
import type { CliHost } from '../host.ts';
import { requireText } from '../../core/lib/files/read-json.ts';
import { printJson, printWarnings } from '../print.ts';
import { printTable } from '../table.ts';
import { openProject, withCore } from '../translate/translate-core.ts';

export interface SetFlags {
  name?: string;
  title?: string;
  from?: string;
  to?: string;
  licence?: string;
  skipProblems?: boolean;
  fromFiles?: boolean;
  json?: boolean;
}

const optional = <T>(name: string, value: T | undefined) => (value === undefined ? {} : { [name]: value });

/** Converts a file's name to a set's name: lower-case letters, digits and "-". */
const setName = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);

/** `comfyvn-llm bench sets` */
export function benchSetsCommand(host: CliHost, { json }: SetFlags): Promise<void> {
  return withCore(host, async (core) => {
    const { sets, warnings } = await core.ask('trials.sets', {});
    printWarnings(host, warnings);
    if (json) return printJson(host, { ok: true, sets });
    printTable<SetLine>(
      host,
      [
        { title: 'set', of: ({ name }) => name },
        { title: 'module', of: ({ module }) => module },
        { title: 'units', of: ({ units }) => String(units ?? '–'), right: true },
        { title: 'references', of: ({ references }) => String(references ?? '–'), right: true },
        { title: 'from', of: ({ source }) => source },
        { title: 'title', of: ({ title }) => title, shrinks: true },
      ],
      sets,
    );
  });
}

function printSet(host: CliHost, set: SetLine, skipped: string[], json: boolean | undefined): void {
  if (json) printJson(host, { ok: true, set, left_out: skipped });
  else {
    printWarnings(host, skipped);
    host.out.write(`${set.name}: ${set.units} units, ${set.references} with references\n`);
  }
}

/** `comfyvn-llm bench import FILE`: imports JSON lines as the user's own set. */
export function benchImportCommand(host: CliHost, file: string, flags: SetFlags): Promise<void> {
  return withCore(host, async (core) => {
    const text = requireText(file);
    const { set, problems } = await core.ask('trials.importSet', {
      name: flags.name ?? setName(basename(file).replace(/\.[^.]+$/, '')),
      text,
      ...optional('title', flags.title),
      ...optional('source_language', flags.from),
      ...optional('target_language', flags.to),
      ...optional('licence', flags.licence),
      ...optional('skip_problems', flags.skipProblems),
    });
    const skipped = problems.map(({ line, path, message }) => `line ${line}: ${path} ${message}`);
    printSet(host, set, skipped, flags.json);
  });
}

/** `comfyvn-llm bench from-project FOLDER`: creates a set from reviewed lines of a translation project. */
export function benchFromProjectCommand(host: CliHost, folder: string, flags: SetFlags): Promise<void> {
  return withCore(host, async (core) => {
    const { id, name } = await openProject(core, folder);
    const { set } = await core.ask('trials.fromProject', {
      project: id,
      name: flags.name ?? setName(name),
      ...optional('title', flags.title),
      ...optional('from_files', flags.fromFiles),
    });
    printSet(host, set, [], flags.json);
  });
}

/** `comfyvn-llm bench remove-set NAME` */
export function benchRemoveSetCommand(host: CliHost, name: string, { json }: SetFlags): Promise<void> {
  return withCore(host, async (core) => {
    await core.ask('trials.removeSet', { name });
    if (json) printJson(host, { ok: true });
    else host.out.write(`${name} was removed\n`);
  });
}
