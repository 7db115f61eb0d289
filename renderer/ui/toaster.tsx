import { Toast as Base } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect } from 'react';
import { messages } from '../messages.ts';
import type { Toast } from '../state/toasts.ts';
import { takeToasts, useToasts } from '../state/toasts.ts';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';

const t = messages.ui;

/** Long enough to read a line and to reach Undo. */
const shownMs = 8000;

function shownAs(text: Toast) {
  const bad = text.kind === 'bad';
  const { title, description } = text;
  const priority = bad ? ('high' as const) : ('low' as const);
  return { title, description, timeout: bad ? 0 : shownMs, priority, data: text };
}

/** Renders toasts. Loaded with the first one. */
export function Toaster() {
  return (
    <Base.Provider>
      <Waiting />
      <Base.Portal>
        <Base.Viewport
          aria-label={t.notices}
          className="fixed right-3 bottom-19 z-50 flex w-88 max-w-[calc(100vw-1.5rem)] flex-col gap-2 outline-none"
        >
          <Shown />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Waiting() {
  const waiting = useToasts((state) => state.waiting);
  const { add } = Base.useToastManager<Toast>();
  useEffect(() => {
    if (waiting.length > 0) for (const text of takeToasts()) add(shownAs(text));
  }, [waiting, add]);
  return null;
}

function Shown() {
  const { toasts, close } = Base.useToastManager<Toast>();
  return toasts.map((shown) => {
    const { undo, kind } = shown.data ?? {};
    const Icon = kind === 'bad' ? CircleAlert : CircleCheck;
    return (
      <Base.Root
        key={shown.id}
        toast={shown}
        swipeDirection="right"
        className="flex items-start gap-2 rounded-md border border-line-strong bg-raised py-1.5 pr-1.5 pl-3 shadow-pop"
      >
        <Icon
          size={14}
          aria-hidden="true"
          className={`mt-1.5 shrink-0 ${kind === 'bad' ? 'text-bad' : 'text-ok'}`}
        />
        <Base.Content className="min-w-0 flex-1 py-1">
          <Base.Title className="break-words" />
          <Base.Description className="text-sm break-words text-ink-soft" />
        </Base.Content>
        {undo && (
          <Button
            look="quiet"
            onClick={() => {
              undo();
              close(shown.id);
            }}
          >
            {t.undo}
          </Button>
        )}
        <Base.Close render={<IconButton icon={X} label={t.close} />} />
      </Base.Root>
    );
  });
}
