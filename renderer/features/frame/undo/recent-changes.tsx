import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef } from 'react';
import { changeText } from '../../../api/coded-text.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { userFilesMessages } from '../../../messages/user-files-messages.ts';
import { closeOverlay } from '../../../state/overlay.ts';
import { Button } from '../../../ui/button.tsx';
import { formatTimestamp } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { undoFromList } from './undo-change.ts';

/** The changes of this session, newest first, each with an Undo button. */
export function RecentChanges() {
  const t = userFilesMessages.changes;
  const changes = useOperation('changes.list', {}).data?.changes ?? [];
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeOverlay()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
        <Dialog.Popup
          ref={popup}
          initialFocus={popup}
          className="fixed right-3 bottom-9 z-50 flex max-h-[70vh] w-112 max-w-[calc(100vw-1.5rem)] flex-col rounded-md border border-line-strong bg-raised shadow-pop outline-none"
        >
          <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line pr-1.5 pl-3">
            <Dialog.Title className="flex-1 font-medium">{t.title}</Dialog.Title>
            <KeyHint id="undo" />
            <IconButton icon={X} label={t.close} onClick={closeOverlay} />
          </header>
          {changes.length === 0 ? (
            <p className="p-3 text-ink-soft">{t.none}</p>
          ) : (
            <ul className="min-h-0 flex-1 overflow-y-auto py-1">
              {changes
                .map((change) => ({ ...change, text: changeText(change) }))
                .map(({ id, at, text }) => (
                  <li key={id} className="flex items-center gap-3 py-0.5 pr-1.5 pl-3">
                    <span className="num shrink-0 text-sm text-ink-faint">{formatTimestamp(at)}</span>
                    <span className="min-w-0 flex-1 break-words">{text}</span>
                    <Button look="quiet" aria-label={t.undoOf(text)} onClick={() => void undoFromList(id)}>
                      {t.undo}
                    </Button>
                  </li>
                ))}
            </ul>
          )}
          <p className="shrink-0 border-t border-line px-3 py-1.5 text-sm text-ink-faint">{t.help}</p>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
