import { create } from 'zustand';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { OperationInput } from '../../../../contract/operations/table.ts';
import type { ImportReport } from '../../../../contract/translation.ts';
import { request } from '../../../api/client.ts';
import { runCommand } from '../../../api/run-command.ts';
import { errorInfoOf, pageError } from '../../../api/operation-error.ts';
import { providerStatusOf } from '../../../api/provider-status.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { type Target, useTarget } from '../../../state/target.ts';
import { selectProject } from '../selection.ts';
import type { UploadProgress } from './upload.ts';
import { uploadFiles } from './upload.ts';
import { usualLanguages } from './languages.ts';
import { belowCommonFolder, type FoundFile } from './dropped-files.ts';

type Source = Pick<
  OperationInput<'translate.create'>,
  'paths' | 'upload' | 'text' | 'sample' | 'name' | 'provider' | 'model'
>;

interface Creation {
  /** Null until the user chooses: `usualLanguages` then. */
  into: string | null;
  from: string | null;
  /** The step in progress; null if there is none. */
  busy: 'reading' | UploadProgress | null;
  error: ErrorInfo | null;
}

/** The settings of the next project. Kept while the window is open. */
export const useCreation = create<Creation>(() => ({
  into: null,
  from: null,
  busy: null,
  error: null,
}));

function chosenLanguages(): { from: string; into: string } {
  const { from, into } = useCreation.getState();
  const usual = usualLanguages();
  return { from: from ?? usual.from, into: into ?? usual.into };
}

/** The report of each project's last import, kept while the window is open. */
export const useImports = create<Record<string, ImportReport>>(() => ({}));

/** Reads a project's files, for the first time or again. Throws the core's error. */
export async function importGame(project: string): Promise<ImportReport> {
  const report = await runCommand('translate.import', { project });
  useImports.setState({ [project]: report });
  return report;
}

/**
 * Whether the given path is an existing project's folder, so that an existing project was opened. A new
 * project's folder never has the name of the given path, since it ends in a random id.
 */
function wasOpened({ paths = [] }: Source, folder: string): boolean {
  const nameOf = (path: string) => path.split(/[\\/]/).findLast((part) => part !== '');
  return paths.some((path) => nameOf(path) === nameOf(folder));
}

/**
 * The model of a new project. Usually none, so that the project follows the module's active preset. A preset whose
 * provider is off or has no key could not translate a line: the Bench's model is used instead if it can.
 */
export function modelToStartWith(
  { providers, defaults }: Pick<RegistryView, 'providers' | 'defaults'>,
  bench: Target = useTarget.getState(),
): { provider?: string; model?: string } {
  const canAnswer = (name: string | null | undefined) =>
    providers.some((provider) => provider.name === name && providerStatusOf(provider) === 'ready');
  const { provider, model } = bench;
  if (canAnswer(defaults.modules['translate']?.provider) || provider === null || provider === 'stub')
    return {};
  return canAnswer(provider) ? { provider, ...(model !== null && { model }) } : {};
}

async function createAndImport(source: Source): Promise<void> {
  const { into, from } = chosenLanguages();
  const languages = { target_language: into.trim(), ...(from.trim() && { source_language: from.trim() }) };
  const model = source.provider === undefined ? modelToStartWith(await request('registry.get', {})) : {};
  const { project } = await runCommand('translate.create', { ...languages, ...model, ...source });
  // An existing project that was opened again already has its lines.
  if (project.imported_at === null) {
    try {
      await importGame(project.id);
    } catch (thrown) {
      // A new project whose game cannot be read is removed. An existing one stays, with its glossary and
      // settings.
      if (!wasOpened(source, project.folder))
        await runCommand('translate.remove', { project: project.id, delete_files: true }).catch(() => {});
      throw thrown;
    }
  }
  selectProject(project.id, 'files');
}

async function guarded(work: () => Promise<void>): Promise<void> {
  if (useCreation.getState().busy !== null) return;
  if (chosenLanguages().into.trim() === '') {
    useCreation.setState({ error: pageError('invalid_request', t.create.intoMissing) });
    return;
  }
  useCreation.setState({ busy: 'reading', error: null });
  try {
    await work();
  } catch (thrown) {
    useCreation.setState({ error: errorInfoOf(thrown) });
  } finally {
    useCreation.setState({ busy: null });
  }
}

/** Creates a project from paths, a pasted text, or the sample. */
export function createFrom(source: Source): Promise<void> {
  return guarded(() => createAndImport(source));
}

/**
 * Creates a project from files of the browser, which are uploaded first. `read` is called synchronously,
 * because a drop event's files can be read only in its handler.
 */
export function createFromFiles(read: () => FoundFile[] | Promise<FoundFile[]>): Promise<void> {
  return guarded(async () => {
    const { name, files } = belowCommonFolder(await read());
    const upload = await uploadFiles(files, (busy) => useCreation.setState({ busy }));
    useCreation.setState({ busy: 'reading' });
    await createAndImport({ upload, ...(name && { name }) });
  });
}
