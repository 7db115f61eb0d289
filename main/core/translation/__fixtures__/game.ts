import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProjectView } from '../../../../contract/translation.ts';
import { chatCore } from '../../__fixtures__/chat-core.ts';
import { temporaryFolder, type TestCore, type TestCoreOptions } from '../../__fixtures__/test-core.ts';

/** Writes files into a folder and returns its path. */
export function gameFolder(files: Record<string, string>, folder = temporaryFolder()): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A text file with `count` different lines. */
export const linesOf = (count: number, word = 'Line') =>
  `${Array.from({ length: count }, (_, i) => `${word} number ${i + 1} of the story.`).join('\n')}\n`;

export interface TestProject {
  core: TestCore;
  id: string;
  game: string;
  folder: string;
  view(): Promise<ProjectView>;
}

/** An imported project; its provider is the upstream at `url`. */
export async function testProject(
  url: string,
  files: Record<string, string>,
  settings: Record<string, unknown> = {},
  options: TestCoreOptions = {},
): Promise<TestProject> {
  const core = chatCore(url, options);
  const game = gameFolder(files);
  const defaults = {
    provider: 'openai_public',
    model: 'gpt-4o-mini',
    target_language: 'Japanese',
    source_language: 'English',
  };
  const { project } = await core.ask('translate.create', {
    game,
    folder: temporaryFolder(),
    ...defaults,
    ...settings,
  });
  await core.ask('translate.import', { project: project.id });
  const view = async () => (await core.ask('translate.get', { project: project.id })).project;
  return { core, id: project.id, game, folder: project.folder, view };
}
