import { Boxes, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import type { ModulePresets } from '../../../contract/user-preset.ts';
import { useOperation } from '../../api/use-operation.ts';
import { warningText } from '../../api/warning-text.ts';
import { noticeTexts } from '../../api/notice-text.ts';
import { messages } from '../../messages.ts';
import { modulesMessages } from '../../messages/modules-messages.ts';
import { clsx } from 'clsx';
import { ErrorCard } from '../../ui/call/error-card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { QueryFailure } from '../../ui/query-failure.tsx';
import { ImportReview } from '../../ui/import-review/import-review.tsx';
import { useRestoredDrafts } from './drafts/saved-drafts.ts';
import { applyImport, cancelImport, useImport } from './exchange/import-presets.ts';
import { setFailure, useFailure } from './failure.ts';
import { PresetPane } from './preset/preset-pane.tsx';
import { useSelection } from './selection.ts';

const t = modulesMessages.modules;

/** The third view: which preset serves which module, and what it sends. */
export function Modules() {
  const registry = useOperation('registry.get', {});
  const restored = useRestoredDrafts();
  const review = useImport((state) => state.review);
  if (registry.isError)
    return <QueryFailure error={registry.error.info} onRetry={() => void registry.refetch()} />;
  if (!registry.data || !restored) return null;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Failure />
      <div className="min-h-0 flex-1">
        {review ? (
          <ImportReview review={review} onApply={() => void applyImport(review)} onCancel={cancelImport} />
        ) : (
          <Selected registry={registry.data} />
        )}
      </div>
    </div>
  );
}

function Selected({ registry }: { registry: RegistryView }) {
  const selection = useSelection(registry);
  const module = selection?.module ?? '';
  const presets = useOperation('presets.list', { module }, { enabled: selection !== null });
  if (presets.isError)
    return <QueryFailure error={presets.error.info} onRetry={() => void presets.refetch()} />;
  if (!selection) return <Nothing title={t.choose}>{t.chooseHelp}</Nothing>;
  if (!presets.data) return null;
  const preset = presets.data.presets.find(({ id }) => id === selection.preset);
  if (!preset) {
    const title = selection.preset === null ? t.choose : t.gone(selection.preset);
    return <Nothing title={title}>{selection.preset === null ? t.noPresets : t.chooseHelp}</Nothing>;
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Notices presets={presets.data} />
      <div className="min-h-0 flex-1">
        <PresetPane
          key={`${module} ${preset.id}`}
          presets={presets.data}
          preset={preset}
          registry={registry}
        />
      </div>
    </div>
  );
}

function Nothing({ title, children }: { title: string; children: ReactNode }) {
  return (
    <EmptyState icon={Boxes} title={title}>
      {children}
    </EmptyState>
  );
}

/**
 * Why a preset other than the chosen one is active, coming retirements and price changes, and files that
 * could not be read.
 */
function Notices({ presets }: { presets: ModulePresets }) {
  const notices = [
    ...presets.notices.map(({ warning, tone }) => ({ text: warningText(warning), tone })),
    ...noticeTexts(presets).map((text) => ({ text, tone: 'warn' as const })),
  ];
  if (notices.length === 0) return null;
  return (
    <ul
      aria-label={t.notices}
      className={clsx(
        'shrink-0 border-b border-line px-4 py-1.5',
        notices.some(({ tone }) => tone === 'warn') ? 'bg-warn-soft' : 'bg-panel',
      )}
    >
      {notices.map(({ text, tone }) => (
        <li key={text} className="flex items-start gap-2 py-0.5 text-sm">
          {tone === 'warn' ? (
            <TriangleAlert size={13} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />
          ) : (
            <Info size={13} aria-hidden="true" className="mt-0.5 shrink-0 text-ink-faint" />
          )}
          <span className="min-w-0 wrap-anywhere">{text}</span>
        </li>
      ))}
    </ul>
  );
}

/** The error of the last action. */
function Failure() {
  const error = useFailure((state) => state.error);
  if (error === null) return null;
  return (
    <div className="flex max-h-56 shrink-0 items-start gap-1 overflow-y-auto border-b border-line p-2">
      <div className="min-w-0 flex-1">
        <ErrorCard error={error} />
      </div>
      <IconButton icon={X} label={messages.ui.close} onClick={() => setFailure(null)} />
    </div>
  );
}
