import { lazy, Suspense } from 'react';
import { messages } from '../../messages.ts';
import { useCommands } from '../../state/commands.ts';
import { openOverlay, useOverlay } from '../../state/overlay.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { undoLatest } from './undo/undo-change.ts';

const Help = lazy(() => import('./help/help.tsx').then((m) => ({ default: m.Help })));
const RecentChanges = lazy(() =>
  import('./undo/recent-changes.tsx').then((m) => ({ default: m.RecentChanges })),
);

/** The documents and the list of changes, above everything else; their scripts are loaded on first use. */
export function OverlayLayer() {
  const open = useOverlay((state) => state.open);
  useShortcut('help', () => openOverlay('help'));
  useShortcut('undo', undoLatest);
  useCommands([
    {
      id: 'recent changes',
      label: messages.frame.changes,
      group: messages.palette.panel,
      run: () => openOverlay('changes'),
    },
  ]);
  return <Suspense>{open === 'help' ? <Help /> : open === 'changes' ? <RecentChanges /> : null}</Suspense>;
}
