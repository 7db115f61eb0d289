import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { helpMessages } from '../../../messages/help-messages.ts';
import { closeOverlay } from '../../../state/overlay.ts';
import { clsx } from 'clsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useListFocus } from '../../../ui/use-list-focus.ts';
import { DocumentText } from './document-text.tsx';
import { documents } from './documents.ts';

const names = documents.map(({ name }) => name);

/** The product's documents, readable inside the panel. */
export function Help() {
  const t = helpMessages.help;
  const [open, setOpen] = useState({ name: names[0] ?? '', heading: '' });
  const focus = useListFocus();
  const body = useRef<HTMLDivElement>(null);
  const { data: text } = useQuery({
    queryKey: ['document', open.name],
    queryFn: () => documents.find(({ name }) => name === open.name)?.load() ?? '',
  });
  useEffect(() => {
    if (text === undefined) return;
    const heading = open.heading && document.getElementById(`help-${open.heading}`);
    if (heading) heading.scrollIntoView();
    else body.current?.scrollTo({ top: 0 });
  }, [text, open]);
  return (
    <Dialog.Root open onOpenChange={(stays) => !stays && closeOverlay()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
        <Dialog.Popup
          initialFocus={() => focus.ref.current?.querySelector<HTMLElement>('[aria-current]') ?? true}
          className="fixed inset-x-[6vw] inset-y-[6vh] z-50 mx-auto flex max-w-280 flex-col overflow-hidden rounded-md border border-line-strong bg-canvas shadow-pop outline-none"
        >
          <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line pr-1.5 pl-3">
            <Dialog.Title className="flex-1 font-medium">{t.title}</Dialog.Title>
            <IconButton icon={X} label={t.close} onClick={closeOverlay} />
          </header>
          <div className="flex min-h-0 flex-1">
            <nav
              aria-label={t.documents}
              {...focus}
              className="flex w-52 shrink-0 flex-col overflow-y-auto border-r border-line bg-panel py-1.5"
            >
              {names.map((name) => (
                <button
                  key={name}
                  type="button"
                  data-row
                  aria-current={name === open.name ? 'page' : undefined}
                  onClick={() => setOpen({ name, heading: '' })}
                  className={clsx(
                    'mx-1.5 min-h-7 rounded-md px-1.5 py-1 text-left',
                    name === open.name ? 'bg-accent-soft' : 'hover:bg-hover',
                  )}
                >
                  {t.titles[name] ?? name}
                </button>
              ))}
            </nav>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled text has to be scrollable by keys */}
            <div
              ref={body}
              tabIndex={0}
              role="region"
              aria-label={t.titles[open.name] ?? open.name}
              className="min-w-0 flex-1 overflow-y-auto px-6 py-4"
            >
              {text === undefined ? null : (
                <DocumentText
                  text={text}
                  names={names}
                  onOpen={(name, heading) => setOpen({ name: name ?? open.name, heading })}
                />
              )}
            </div>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
