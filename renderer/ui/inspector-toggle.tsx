import { PanelRight } from 'lucide-react';
import { messages } from '../messages.ts';
import { useInspector } from '../state/inspector.ts';
import { IconButton } from './icon-button.tsx';

/** Opens the inspector; hidden while it is open. */
export function InspectorToggle() {
  const { open, toggle } = useInspector();
  if (open) return null;
  return (
    <IconButton
      icon={PanelRight}
      label={messages.frame.openInspector}
      shortcut="toggleInspector"
      onClick={toggle}
    />
  );
}
