import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { popupRoot } from './popup-root.tsx';

interface TooltipProps {
  content: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** The element that it explains, which keeps its own accessible name. */
  children: ReactElement;
}

/** A short text on hover or focus. Never the only source of information. */
export function Tooltip({ content, side = 'bottom', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal container={popupRoot()}>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="flex items-center gap-2 rounded-md border border-line bg-raised px-2 py-1 text-sm text-ink shadow-pop">
            {content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Lets consecutive tooltips open without a delay. */
export const TooltipProvider = Base.Provider;
