import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import { Suspense } from 'react';
import { messages } from '../../messages.ts';
import type { PlaceId } from '../../state/place-in-fragment.ts';
import { ErrorBoundary } from '../../ui/error-boundary.tsx';
import { PopupRoot } from '../../ui/popup-root.tsx';
import { InspectorPane } from './inspector-pane.tsx';

/** One place of the rail: what stands in its list, its work pane, and its inspector. */
export interface Place {
  id: PlaceId;
  label: string;
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
  return (
    <>
      {List && (
        <nav
          aria-label={messages.frame.list}
          className="w-60 shrink-0 overflow-y-auto border-r border-line bg-panel"
        >
          <Part of={List} />
        </nav>
      )}
      <main aria-label={place.label} className="min-w-0 flex-1">
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
