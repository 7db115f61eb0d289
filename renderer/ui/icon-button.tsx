import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import type { ShortcutId } from '../state/key-map.ts';
import { clsx } from 'clsx';
import { KeyHint } from './key-hint.tsx';
import { Tooltip } from './tooltip.tsx';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon;
  /** Its accessible name, also shown as a tooltip. */
  label: string;
  shortcut?: ShortcutId;
  side?: 'top' | 'right' | 'bottom' | 'left';
}

/** A button with only an icon. */
export function IconButton({ icon: Icon, label, shortcut, side, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip side={side} content={<TooltipText label={label} shortcut={shortcut} />}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={clsx(
          'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-soft transition-colors',
          'hover:bg-hover hover:text-ink disabled:cursor-not-allowed disabled:opacity-55',
          className,
        )}
      >
        <Icon size={15} aria-hidden="true" />
      </button>
    </Tooltip>
  );
}

function TooltipText({ label, shortcut }: { label: string; shortcut?: ShortcutId }) {
  return (
    <>
      {label}
      {shortcut && <KeyHint id={shortcut} />}
    </>
  );
}
