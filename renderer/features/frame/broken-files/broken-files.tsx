import { ChevronDown, ChevronUp, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { BrokenFile } from '../../../../contract/user-file.ts';
import { userFilesMessages } from '../../../messages/user-files-messages.ts';
import { dismissBanner, useFrame } from '../../../state/frame-store.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { BrokenFileRow } from './broken-file-row.tsx';
import { formatList } from '../../../ui/format.ts';

const keyOf = (file: BrokenFile) => `${file.file} ${JSON.stringify(file.problems)}`;

/** Every file that cannot be used as it is, above all views, until all are fixed. */
export function BrokenFiles({ files, opensFiles }: { files: readonly BrokenFile[]; opensFiles: boolean }) {
  const t = userFilesMessages.files;
  const dismissed = useFrame((state) => state.dismissed);
  const [open, setOpen] = useState<boolean | null>(null);
  const shown = files.filter((file) => !dismissed.includes(keyOf(file)));
  if (shown.length === 0) return null;
  // Several files with all their problems would leave no room for the view.
  const isOpen = open ?? shown.length === 1;
  const names = formatList(shown.map((file) => file.shown.split(/[/\\]/).at(-1) ?? file.shown));
  const Chevron = isOpen ? ChevronUp : ChevronDown;
  return (
    <section aria-label={t.label} className="shrink-0 border-b border-line bg-warn-soft">
      <div className="flex min-h-9 items-center gap-2 py-1 pr-1.5 pl-3">
        <TriangleAlert size={14} aria-hidden="true" className="shrink-0 text-warn" />
        <strong role="status" className="shrink-0 font-medium">
          {t.title(shown.length)}
        </strong>
        <span title={names} className="num min-w-0 flex-1 truncate text-ink-soft">
          {!isOpen && names}
        </span>
        <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t.showLess : t.showAll}
          <Chevron size={13} aria-hidden="true" />
        </Button>
        <IconButton
          icon={X}
          label={t.dismiss}
          side="left"
          onClick={() => shown.forEach((file) => dismissBanner(keyOf(file)))}
        />
      </div>
      {isOpen && (
        <ul className="flex max-h-[40vh] flex-col overflow-y-auto pb-1">
          {shown.map((file) => (
            <BrokenFileRow key={file.file} file={file} opensFiles={opensFiles} />
          ))}
        </ul>
      )}
    </section>
  );
}
