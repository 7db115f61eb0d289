import type { PackRequest } from '../../../../contract/prompt-pack.ts';
import type { ProjectFile } from '../../../../contract/translation.ts';
import { breakMarkFor, toLine } from '../align/line-codec.ts';
import { glossaryLine, type GlossaryEntry } from '../glossary/glossary-entry.ts';
import { matchTerms } from '../glossary/match-terms.ts';
import type { Problem } from '../checks/problem.ts';
import type { ContextLine, PendingUnit } from '../store/unit-store.ts';

/** The prompt pack that translates; a user's own of that name stands in its place. */
export const scenePack = 'translate_scene';

/** What a reply to a line can take at most, in tokens for each byte of the source: a few languages need that much. */
const tokensPerByte = 1.5;
const tokensPerLine = 24;
const tokensAtLeast = 256;

export type SceneLine = Pick<PendingUnit, 'source' | 'speaker' | 'target' | 'problems'>;

/** Lines with their numbers, and the speaker's name above the first line of each. */
function numbered(lines: readonly SceneLine[], mark: string | null): string[] {
  let speaker: string | null = null;
  return lines.flatMap((line, i) => {
    const text = `${i + 1}|${toLine(line.source, mark)}`;
    if (line.speaker === speaker) return [text];
    speaker = line.speaker;
    return [`#${speaker === null ? '-' : toLine(speaker, null)}`, text];
  });
}

/** What was wrong with the text that is there. */
function problemLines(lines: readonly SceneLine[], mark: string | null): string[] {
  return lines.flatMap(({ target, problems }, i) => {
    const messages = (JSON.parse(problems ?? '[]') as Problem[]).map(({ message }) => message).join(' ');
    if (messages === '') return [];
    return [`${i + 1}: ${target === null ? '' : `“${toLine(target, mark ?? ' ')}” `}${messages}`];
  });
}

export interface SceneRequest {
  settings: ProjectFile;
  /** As `sortedGlossary` has it. */
  glossary: readonly GlossaryEntry[];
  lines: readonly SceneLine[];
  context: readonly ContextLine[];
  /** Tells the model what was wrong with its last translation. */
  retry: boolean;
  mock: boolean;
}

/** A prompt pack's request for a group, as its row keeps it. */
export interface GroupPackRequest extends PackRequest {
  /** The constant part is the same in many requests: it is marked for the provider's cache. */
  cache_front?: boolean | undefined;
}

const textOf = (lines: readonly SceneLine[]) =>
  lines.map(({ source, speaker }) => `${speaker ?? ''}\n${source}`).join('\n');

/** A group as a prompt pack's request. Only what these lines call for is in it, and nothing else changes from group to group. */
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
  const room = Math.ceil(tokensAtLeast + bytes * tokensPerByte + lines.length * tokensPerLine);
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
    params: { max_tokens: room, ...params },
    ...(mock ? { mock: true } : {}),
    retries: 0,
  };
}
