import type { PackRequest } from '../../../../contract/prompt-pack.ts';
import type { ProjectFile } from '../../../../contract/translation.ts';
import type { GroupRow } from '../../database/translation-tables.ts';
import { breakMarkFor, toLine } from '../align/line-codec.ts';
import { glossaryLine, type GlossaryEntry } from '../glossary/glossary-entry.ts';
import { matchTerms } from '../glossary/match-terms.ts';
import type { Problem } from '../checks/problem.ts';
import type { ContextLine, PendingUnit } from '../store/unit-store.ts';

/** The request that a group's row was planned from. */
export const storedRequest = ({ request }: Pick<GroupRow, 'request'>) =>
  JSON.parse(request ?? '{}') as GroupPackRequest;

/** The prompt pack for translation; a user's pack of that name replaces the built-in one. */
const scenePack = 'translate_scene';

/** Upper bound of a translation's tokens for each byte of its source; a few languages need that many. */
const tokensPerByte = 1.5;
const tokensPerLine = 24;
const minTokens = 256;

export type SceneLine = Pick<PendingUnit, 'source' | 'speaker' | 'target' | 'problems'>;

/** The lines with their numbers. An extra line with the speaker's name precedes each change of speaker. */
function numbered(lines: readonly SceneLine[], mark: string | null): string[] {
  let speaker: string | null = null;
  return lines.flatMap((line, i) => {
    const text = `${i + 1}|${toLine(line.source, mark)}`;
    if (line.speaker === speaker) return [text];
    speaker = line.speaker;
    return [`#${speaker === null ? '-' : toLine(speaker, null)}`, text];
  });
}

/** The current texts of flagged lines with their problems. */
function problemLines(lines: readonly SceneLine[], mark: string | null): string[] {
  return lines.flatMap(({ target, problems }, i) => {
    const messages = (JSON.parse(problems ?? '[]') as Problem[]).map(({ message }) => message).join(' ');
    if (messages === '') return [];
    return [`${i + 1}: ${target === null ? '' : `“${toLine(target, mark ?? ' ')}” `}${messages}`];
  });
}

export interface SceneRequest {
  settings: ProjectFile;
  /** Sorted by `sortedGlossary`. */
  glossary: readonly GlossaryEntry[];
  lines: readonly SceneLine[];
  context: readonly ContextLine[];
  /** Includes the problems of the current translations. */
  retry: boolean;
  mock: boolean;
}

/** A group's prompt pack request, as stored in the group's row. */
export interface GroupPackRequest extends PackRequest {
  /** Marks the constant part, which many requests share, for the provider's cache. */
  cache_front?: boolean | undefined;
}

const textOf = (lines: readonly SceneLine[]) =>
  lines.map(({ source, speaker }) => `${speaker ?? ''}\n${source}`).join('\n');

/** Builds a group's prompt pack request. Only the lines, their context and their glossary terms differ between groups. */
export function sceneRequest({
  settings,
  glossary,
  lines,
  context,
  retry,
  mock,
}: SceneRequest): GroupPackRequest {
  const mark = breakMarkFor(lines.map(({ source }) => source));
  const terms = matchTerms(textOf(lines), glossary);
  const before = context.map(({ source, target }) => {
    const text = toLine(source, ' ');
    return target === null ? text : `${text} => ${toLine(target, ' ')}`;
  });
  const problems = retry ? problemLines(lines, mark) : [];
  const bytes = lines.reduce((sum, { source }) => sum + Buffer.byteLength(source), 0);
  const maxTokens = Math.ceil(minTokens + bytes * tokensPerByte + lines.length * tokensPerLine);
  const { provider, model, preset, params, style, source_language, target_language } = settings;
  return {
    module: scenePack,
    variables: {
      target_language,
      ...(source_language === undefined ? {} : { source_language }),
      ...(style === undefined ? {} : { style }),
      ...(terms.length ? { glossary: terms.map(glossaryLine) } : {}),
      ...(before.length ? { context: before } : {}),
      ...(mark === null ? {} : { line_break: mark }),
      ...(problems.length ? { problems } : {}),
      lines: numbered(lines, mark),
    },
    ...(provider === undefined ? {} : { provider }),
    ...(model === undefined ? {} : { model }),
    ...(preset === undefined ? {} : { preset }),
    params: { max_tokens: maxTokens, ...params },
    ...(mock ? { mock: true } : {}),
    retries: 0,
  };
}
