import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import { Suspense, useRef } from 'react';
import type { Layout } from 'react-resizable-panels';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { messages } from '../../messages.ts';
import { unscaled, useInspector, useWorkMin } from '../../state/inspector.ts';
import { paneLimits, setPaneWidth, useLayout } from '../../state/layout.ts';
import type { ViewId } from '../../state/view-in-fragment.ts';
import { ErrorBoundary } from '../../ui/error-boundary.tsx';
import { PopupRoot } from '../../ui/popup-root.tsx';
import { useListFocus } from '../../ui/use-list-focus.ts';
import { InspectorKey, InspectorPane } from './inspector-pane.tsx';
import { useFocusInPlace } from './use-focus-in-place.ts';

/** One view of the rail: its list, its work pane, and its inspector. */
export interface View {
  id: ViewId;
  /** A getter, read at each render: the language can change while the views exist. */
  readonly label: string;
  icon: LucideIcon;
  Work: ComponentType;
  List?: ComponentType;
  Inspector?: ComponentType;
  /** Placed at the bottom of the rail. */
  atFoot?: boolean;
}

/** The panels take widths in rem, which follow the text size. */
const rem = (pixels: number) => `${pixels / 16}rem`;

/** The panes of one view; their widths are shared by all views. */
export function ViewPane({ view }: { view: View }) {
  const { List, Work, Inspector } = view;
  const { open, isDrawer } = useInspector();
  const workMin = useWorkMin();
  const { list, inspector } = useLayout();
  const main = useRef<HTMLElement>(null);
  const panes = useRef<HTMLDivElement>(null);
  useFocusInPlace(main);
  const hasInspector = Inspector !== undefined && open;
  const isBeside = hasInspector && !isDrawer;
  // The panes themselves are drawn a moment later.
  const remember = (percent: Layout) => {
    const pixelsPerPercent = unscaled(panes.current?.offsetWidth ?? 0) / 100;
    setPaneWidth('list', (percent['list-pane'] ?? NaN) * pixelsPerPercent);
    setPaneWidth('inspector', (percent['inspector-pane'] ?? NaN) * pixelsPerPercent);
  };
  return (
    <>
      <Group
        className="min-w-0 flex-1"
        elementRef={panes}
        onLayoutChanged={(percent, { isUserInteraction }) => isUserInteraction && remember(percent)}
      >
        {List && (
          <>
            <Panel
              id="list-pane"
              defaultSize={rem(list)}
              minSize={rem(paneLimits.list[0])}
              maxSize={rem(paneLimits.list[1])}
              groupResizeBehavior="preserve-pixel-size"
              className="flex"
            >
              <ListPane of={List} />
            </Panel>
            <PaneSeparator label={messages.frame.resizeList} />
          </>
        )}
        <Panel id="work-pane" minSize={workMin} className="flex">
          <main ref={main} tabIndex={-1} aria-label={view.label} className="min-w-0 flex-1 outline-none">
            <Part of={Work} />
            <PopupRoot />
          </main>
        </Panel>
        {isBeside && (
          <>
            <PaneSeparator label={messages.frame.resizeInspector} />
            <Panel
              id="inspector-pane"
              defaultSize={rem(inspector)}
              minSize={rem(paneLimits.inspector[0])}
              maxSize={rem(paneLimits.inspector[1])}
              groupResizeBehavior="preserve-pixel-size"
              className="flex"
            >
              <InspectorPane>
                <Part of={Inspector} />
              </InspectorPane>
            </Panel>
          </>
        )}
      </Group>
      {hasInspector && isDrawer && (
        <InspectorPane>
          <Part of={Inspector} />
        </InspectorPane>
      )}
      {Inspector && <InspectorKey />}
    </>
  );
}

function ListPane({ of }: { of: ComponentType }) {
  const focus = useListFocus();
  return (
    <nav {...focus} aria-label={messages.frame.list} className="min-w-0 flex-1 overflow-y-auto bg-panel">
      <Part of={of} />
    </nav>
  );
}

function PaneSeparator({ label }: { label: string }) {
  return (
    <Separator
      aria-label={label}
      className="w-px bg-line outline-offset-0 transition-colors data-[separator=active]:bg-accent data-[separator=hover]:bg-accent"
    />
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
