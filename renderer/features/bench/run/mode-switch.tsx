import { messages } from '../../../messages.ts';
import type { Mode } from '../../../state/frame-store.ts';
import { setMode, useFrame } from '../../../state/frame-store.ts';
import { Segments } from '../../../ui/segments.tsx';

const t = messages.frame;
const modes = (): readonly { value: Mode; label: string; title: string }[] => [
  { value: 'dry', label: t.dry, title: t.dryTitle },
  { value: 'live', label: t.live, title: t.liveTitle },
];

/** DRY RUN or LIVE. LIVE is amber wherever it appears. */
export function ModeSwitch() {
  const mode = useFrame((state) => state.mode);
  return (
    <Segments
      label={t.mode}
      options={modes()}
      value={mode}
      onChange={setMode}
      chosen={(value) =>
        value === 'live'
          ? 'bg-live text-on-live font-medium'
          : 'bg-accent-soft text-accent-strong font-medium'
      }
    />
  );
}
