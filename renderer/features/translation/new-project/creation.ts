import { create } from 'zustand';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import type { OperationInput } from '../../../../contract/operations/table.ts';
import type { ImportReport } from '../../../../contract/translation.ts';
import { runCommand } from '../../../api/run-command.ts';
import { errorInfoOf, pageError } from '../../../api/operation-error.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { selectProject } from '../selection.ts';
import type { UploadProgress } from './upload.ts';
import { uploadFiles } from './upload.ts';
import { belowCommonFolder, type FoundFile } from './dropped-files.ts';

type Source = Pick<
  OperationInput<'translate.create'>,
  'paths' | 'upload' | 'text' | 'sample' | 'name' | 'provider'
>;

interface Creation {
  into: string;
  from: string;
  /** What goes on now; null while nothing does. */
  busy: 'reading' | UploadProgress | null;
  error: ErrorInfo | null;
}

const english = typeof navigator === 'undefined' || navigator.language.startsWith('en');

/** What the next project is made with. Kept while the window is open. */
export const useCreation = create<Creation>(() => ({
  into: english ? 'Japanese' : 'English',
  from: english ? 'English' : '',
  busy: null,
  error: null,
}));

/** The result of the last reading of each project's files, for as long as the window is open. */
export const useImports = create<Record<string, ImportReport>>(() => ({}));

/** Reads a project's files, again or for the first time. Throws what the core says. */
export async function importGame(project: string): Promise<ImportReport> {
  const report = await runCommand('translate.import', { project });
  useImports.setState({ [project]: report });
  return report;
}

/**
 * Whether the project's folder itself was given, so that a project of before was opened. A new one never has the name
 * of what was given: its name ends in a random id.
 */
function wasOpened({ paths = [] }: Source, folder: string): boolean {
  const nameOf = (path: string) => path.split(/[\\/]/).findLast((part) => part !== '');
  return paths.some((path) => nameOf(path) === nameOf(folder));
}

async function make(source: Source): Promise<void> {
  const { into, from } = useCreation.getState();
  const languages = { target_language: into.trim(), ...(from.trim() && { source_language: from.trim() }) };
  const { project } = await runCommand('translate.create', { ...languages, ...source });
  // One that was made before is open again: it has its lines.
  if (project.imported_at === null) {
    try {
      await importGame(project.id);
    } catch (thrown) {
      // A game that cannot be read is no project; one of before stays, with its glossary and settings.
      if (!wasOpened(source, project.folder))
        await runCommand('translate.remove', { project: project.id, delete_files: true }).catch(() => {});
      throw thrown;
    }
  }
  selectProject(project.id, 'files');
}

async function guarded(work: () => Promise<void>): Promise<void> {
  const { busy, into } = useCreation.getState();
  if (busy !== null) return;
  if (into.trim() === '') {
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

/** A project over what is at these paths, in a pasted text, or of the sample. */
export function createFrom(source: Source): Promise<void> {
  return guarded(() => make(source));
}

/** A project over files of the browser: they are uploaded first. `read` is called at once, while a drop is handled. */
export function createFromFiles(read: () => FoundFile[] | Promise<FoundFile[]>): Promise<void> {
  return guarded(async () => {
    const { name, files } = belowCommonFolder(await read());
    const upload = await uploadFiles(files, (busy) => useCreation.setState({ busy }));
    useCreation.setState({ busy: 'reading' });
    await make({ upload, ...(name && { name }) });
  });
}
