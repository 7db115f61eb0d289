import { messages } from '../../../messages.ts';
import type { Mode } from '../../../state/frame-store.ts';
import { setMode, useFrame } from '../../../state/frame-store.ts';
import { Segments } from '../../../ui/segments.tsx';

const words = messages.frame;
const modes = (): readonly { value: Mode; label: string; title: string }[] => [
  { value: 'dry', label: words.dry, title: words.dryTitle },
  { value: 'live', label: words.live, title: words.liveTitle },
];

/** DRY RUN or LIVE. LIVE is amber wherever it is said. */
export function ModeSwitch() {
  const mode = useFrame((state) => state.mode);
  return (
    <Segments
      label={words.mode}
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
