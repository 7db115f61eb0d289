import { existsSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { BrokenFile, FileProblem, UserFileKind } from '../../../../contract/user-file.ts';
import type { PackProblem } from '../../../../contract/user-pack.ts';
import { refusedValue, type CodedFieldProblem } from '../../lib/validation.ts';
import { codedText, detailOf } from '../../lib/coded-text.ts';
import { readJson } from '../../lib/files/read-json.ts';
import { readTextFile } from '../../lib/files/read-text-file.ts';
import { packFoldersIn, userPacksFolder, type OwnFolder } from '../../prompt-packs/pack-store.ts';
import { packPathsIn } from '../../prompt-packs/files/pack-folder.ts';
import { userProvidersFolder } from '../../registry/load-user.ts';
import { presetsFolder } from '../../registry/presets/preset-files.ts';
import { jsonFilesIn } from '../check/check-presets.ts';
import { checkOf } from './file-kinds.ts';
import { placeOfPath, syntaxProblems } from './json-place.ts';

/** A user's file, valid or not. */
export interface LookedAt {
  file: string;
  kind: UserFileKind;
  problems: FileProblem[];
  /** It cannot be read now, so its content is unknown and it must not be replaced. */
  unreadable: boolean;
}

const noPlace = { line: null, column: null };

function placed(text: string, problem: CodedFieldProblem): FileProblem {
  const { path } = problem;
  return { ...problem, ...(placeOfPath(text, path) ?? noPlace) };
}

function lookAt(kind: UserFileKind, file: string): LookedAt {
  const whole = { file, kind, problems: [], unreadable: false };
  const text = readTextFile(file);
  if (text.state === 'missing') return whole;
  if (text.state !== 'read') {
    const problems = [{ path: '', message: text.problem, message_detail: text.detail, ...noPlace }];
    return { ...whole, problems, unreadable: text.state === 'unreadable' };
  }
  const json = readJson(file);
  if (json.found && 'value' in json)
    return {
      ...whole,
      problems: checkOf(kind, file)
        .problems(json.value)
        .map((one) => placed(text.text, one)),
    };
  const { message, message_detail } =
    json.found && 'problem' in json
      ? { message: json.problem, message_detail: json.detail }
      : refusedValue('', 'is gone');
  const syntax = text.text.trim() === '' ? [] : syntaxProblems(text.text);
  if (syntax.length === 0)
    return { ...whole, problems: [{ path: '', message, message_detail, line: 1, column: 1 }] };
  return { ...whole, problems: syntax.map((one) => ({ path: '', ...one })) };
}

function packPlace(folder: string, problem: PackProblem): FileProblem {
  const { path, message, message_detail, line, column } = problem;
  const detail = message_detail && { message_detail };
  const coded = { ...refusedValue(path, message), ...detail };
  if (line !== undefined) return { ...coded, line, column: column ?? 1 };
  const text = problem.file.endsWith('.json') ? readTextFile(join(folder, problem.file)) : undefined;
  return text?.state === 'read' ? placed(text.text, coded) : { ...coded, ...noPlace };
}

/** The files of one pack, each with its problems. */
function lookAtPack({ folder, problems, problem }: OwnFolder): LookedAt[] {
  const files = new Map<string, FileProblem[]>();
  for (const one of problems) files.set(one.file, [...(files.get(one.file) ?? []), packPlace(folder, one)]);
  if (problem !== null && files.size === 0)
    files.set('pack.json', [{ ...refusedValue('', problem), ...noPlace }]);
  return [...files].map(([name, found]) => {
    const file = join(folder, name);
    return {
      file,
      kind: 'prompt_pack',
      problems: found,
      unreadable: readTextFile(file).state === 'unreadable',
    };
  });
}

export interface WhereToLook {
  runtimeRoot: string;
  comfyvnRegistry: string | undefined;
  /** The user's packs as read; called only if there are any. */
  ownPacks(): Promise<readonly OwnFolder[]>;
}

/** If two providers have the same name, the later file is the broken one. */
function repeatedNames(files: readonly LookedAt[]): Map<string, FileProblem> {
  const owner = new Map<string, string>();
  const out = new Map<string, FileProblem>();
  for (const { file, kind, problems } of files) {
    const json = kind === 'provider' && problems.length === 0 ? readJson(file) : undefined;
    if (!json?.found || !('value' in json)) continue;
    const { name } = json.value as { name: string };
    const first = owner.get(name);
    if (first === undefined) owner.set(name, file);
    else {
      const other = basename(first);
      const message = `"${name}" is already the name in ${other}`;
      const detail = detailOf(codedText('file_problem', 'name_taken', { name, file: other }, message));
      out.set(file, placed(json.text, { path: 'name', message, message_detail: detail }));
    }
  }
  return out;
}

/** Every file that a user can write, with its problems. Never throws. */
export async function lookAtFiles({
  runtimeRoot,
  comfyvnRegistry,
  ownPacks,
}: WhereToLook): Promise<LookedAt[]> {
  const llm = join(runtimeRoot, 'config', 'llm');
  const files: LookedAt[] = [
    lookAt('settings', join(runtimeRoot, 'panel.json')),
    lookAt('features', join(runtimeRoot, 'config', 'comfyvn.json')),
    ...jsonFilesIn(userProvidersFolder(runtimeRoot)).map((file) => lookAt('provider', file)),
    ...jsonFilesIn(presetsFolder(runtimeRoot)).map((file) => lookAt('presets', file)),
    ...jsonFilesIn(join(llm, 'overlays')).map((file) => lookAt('model_facts', file)),
  ];
  const repeated = repeatedNames(files);
  const single = files.map((one) => {
    const problem = repeated.get(one.file);
    return problem ? { ...one, problems: [problem] } : one;
  });
  if (packFoldersIn(userPacksFolder(runtimeRoot)).length > 0)
    for (const pack of await ownPacks()) single.push(...lookAtPack(pack));
  if (comfyvnRegistry && existsSync(comfyvnRegistry))
    single.push(lookAt('comfyvn_registry', comfyvnRegistry));
  return single;
}

/** The files of packs without problems. */
export function filesOfGoodPacks(packs: readonly OwnFolder[]): string[] {
  return packs.filter(({ problem }) => problem === null).flatMap(({ folder }) => packPathsIn(folder));
}

/** A path for display, relative to the data folder. */
export function shownPath(runtimeRoot: string, file: string): string {
  const inside = relative(runtimeRoot, file);
  return inside.startsWith('..') ? file : inside;
}

/** What is used while a file is broken. */
export function effectOf({ kind, unreadable }: LookedAt, isStillUsed: boolean): BrokenFile['effect'] {
  if (isStillUsed || unreadable) return 'last_read';
  return kind === 'settings' || kind === 'features' ? 'defaults' : 'left_out';
}
