import type { LucideIcon } from 'lucide-react';
import { CircleQuestionMark, PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { messages } from '../../messages.ts';
import type { ShortcutId } from '../../state/key-map.ts';
import { toggleRail, useLayout } from '../../state/layout.ts';
import { openOverlay } from '../../state/overlay.ts';
import type { ViewId } from '../../state/view-in-fragment.ts';
import { returnTo } from '../../state/view.ts';
import { clsx } from 'clsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useListFocus } from '../../ui/use-list-focus.ts';
import type { View } from './view-pane.tsx';

/** The views, as icons with labels; the user can hide the labels. */
export function Rail({ views, current }: { views: readonly View[]; current: ViewId }) {
  const collapsed = useLayout((state) => state.railCollapsed);
  const focus = useListFocus();
  const t = messages.frame;
  const button = (view: View) => (
    <RailButton
      key={view.id}
      icon={view.icon}
      label={view.label}
      shortcut={view.id}
      isCurrent={view.id === current}
      collapsed={collapsed}
      onClick={() => returnTo(view.id)}
    />
  );
  return (
    <div
      className={clsx(
        'flex shrink-0 flex-col gap-0.5 border-r border-line bg-panel p-1.5 [container-type:size]',
        // The longest Japanese label, プロンプトパック, breaks into two lines.
        collapsed ? 'w-12' : 'w-18 [html:lang(ja)_&]:w-23',
      )}
    >
      <nav
        {...focus}
        aria-label={t.views}
        className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto [scrollbar-width:none]"
      >
        {views.filter(({ atFoot }) => !atFoot).map(button)}
        <span className="flex-1" />
        {views.filter(({ atFoot }) => atFoot).map(button)}
      </nav>
      <RailButton
        icon={CircleQuestionMark}
        label={t.help}
        shortcut="help"
        collapsed={collapsed}
        onClick={() => openOverlay('help')}
      />
      <RailButton
        icon={collapsed ? PanelLeftOpen : PanelLeftClose}
        label={collapsed ? t.expand : t.collapse}
        isQuiet
        collapsed
        onClick={toggleRail}
      />
    </div>
  );
}

interface RailButtonProps {
  icon: LucideIcon;
  label: string;
  shortcut?: ShortcutId;
  isCurrent?: boolean;
  isQuiet?: boolean;
  collapsed: boolean;
  onClick: () => void;
}

function RailButton(props: RailButtonProps) {
  const { icon: Icon, label, shortcut, isCurrent = false, isQuiet = false, collapsed, onClick } = props;
  return (
    <Tooltip side="right" content={<Tip label={label} shortcut={shortcut} />}>
      <button
        type="button"
        data-row
        aria-label={label}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={onClick}
        className={clsx(
          'flex shrink-0 flex-col items-center justify-center gap-0.5 rounded-md transition-colors',
          isQuiet
            ? 'h-6'
            : collapsed
              ? 'h-9'
              : // By the rail's own height: banners above it take some of the window's.
                'min-h-12 px-0.5 py-1 [@container_(max-height:640px)]:min-h-9 [@container_(max-height:640px)]:py-0.5',
          isCurrent ? 'bg-accent-soft text-accent-strong' : 'text-ink-soft hover:bg-hover hover:text-ink',
        )}
      >
        <Icon size={isQuiet ? 15 : 18} strokeWidth={1.75} aria-hidden="true" />
        {!collapsed && (
          <span className="w-full text-center text-xs leading-3 break-words hyphens-auto">{label}</span>
        )}
      </button>
    </Tooltip>
  );
}

function Tip({ label, shortcut }: { label: string; shortcut: ShortcutId | undefined }) {
  return (
    <>
      {label}
      {shortcut && <KeyHint id={shortcut} />}
    </>
  );
}
