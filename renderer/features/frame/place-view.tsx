import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import { Suspense, useEffect, useRef } from 'react';
import { messages } from '../../messages.ts';
import type { PlaceId } from '../../state/place-in-fragment.ts';
import { ErrorBoundary } from '../../ui/error-boundary.tsx';
import { moveBetweenRows } from '../../ui/move-between-rows.ts';
import { PopupRoot } from '../../ui/popup-root.tsx';
import { InspectorPane } from './inspector-pane.tsx';

/** One place of the rail: what stands in its list, its work pane, and its inspector. */
export interface Place {
  id: PlaceId;
  /** Read when it is drawn: the places outlive a change of the language. */
  readonly label: string;
  icon: LucideIcon;
  Work: ComponentType;
  List?: ComponentType;
  Inspector?: ComponentType;
  /** Stands at the foot of the rail. */
  atFoot?: boolean;
}

/** The panes of one place. */
export function PlaceView({ place }: { place: Place }) {
  const { List, Work, Inspector } = place;
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    // What had the focus went away with the place before: without this, Tab would begin at the window's top.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) main.current?.focus();
    });
  }, []);
  return (
    <>
      {List && (
        <nav
          aria-label={messages.frame.list}
          onKeyDown={moveBetweenRows}
          className="w-60 shrink-0 overflow-y-auto border-r border-line bg-panel"
        >
          <Part of={List} />
        </nav>
      )}
      <main ref={main} tabIndex={-1} aria-label={place.label} className="min-w-0 flex-1 outline-none">
        <Part of={Work} />
        <PopupRoot />
      </main>
      {Inspector && (
        <InspectorPane>
          <Part of={Inspector} />
        </InspectorPane>
      )}
    </>
  );
}

function Part({ of: Content }: { of: ComponentType }) {
  return (
    <ErrorBoundary>
      <Suspense fallback={<p className="appear-late p-3 text-ink-faint">{messages.ui.loading}</p>}>
        <Content />
      </Suspense>
    </ErrorBoundary>
  );
}
