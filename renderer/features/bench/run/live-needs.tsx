import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { useFrame } from '../../../state/frame-store.ts';

import { NeedsPanel } from '../../../ui/call/needs-panel.tsx';
import { useShownRun } from './run-store.ts';
import { useActiveColumn } from '../columns/columns.ts';
import { servingProvider } from '../columns/target-options.ts';

/** In LIVE, says before the first call what the picked target still needs. */
export function LiveNeeds({ registry }: { registry: RegistryView }) {
  const { id, target } = useActiveColumn();
  const mode = useFrame((state) => state.mode);
  const run = useShownRun(id);
  // A refused call already shows it, with the same button.
  if (mode !== 'live' || run?.phase === 'failed') return null;
  return (
    <div className="px-3 pt-2 text-sm empty:hidden">
      <NeedsPanel providerName={servingProvider(registry, target)} />
    </div>
  );
}
