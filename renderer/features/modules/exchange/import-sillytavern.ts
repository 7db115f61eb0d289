import { runCommand } from '../../../api/run-command.ts';
import type { ImportUnderReview } from '../../../ui/import-review/import-under-review.ts';

/** A file from SillyTavern, as the import operation takes it. */
export interface SillyTavernFile {
  /** Base64. */
  file: string;
  file_name: string;
  module: string;
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,?/, '')));
    reader.addEventListener('error', () => reject(reader.error ?? new Error(file.name)));
    reader.readAsDataURL(file);
  });
}

/** What importing the file would do. */
export async function previewSillyTavern(
  file: File,
  module: string,
): Promise<ImportUnderReview & { sillyTavern: SillyTavernFile }> {
  const sillyTavern = { file: await base64Of(file), file_name: file.name, module };
  const {
    items,
    left_out: leftOut,
    ...notices
  } = await runCommand('sillytavern.import', {
    ...sillyTavern,
    mode: 'preview',
  });
  return { file: file.name, text: '', items, leftOut, ...notices, sillyTavern };
}

/** Imports everything acceptable; the preview has already shown what is refused. */
export const applySillyTavern = (file: SillyTavernFile) =>
  runCommand('sillytavern.import', { ...file, mode: 'apply', skip_refused: true });
