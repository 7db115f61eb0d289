import { ListTree } from 'lucide-react';
import { useState } from 'react';
import type { CallDetail } from '../../../../contract/call-log.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { messages } from '../../../messages.ts';
import { historyMessages } from '../../../messages/history-messages.ts';
import { usePath } from '../../../state/view.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { formatTimestamp } from '../../../ui/format.ts';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { CallActions } from '../call-actions.tsx';
import { ModeBadge } from '../mode-badge.tsx';
import { useReplay } from '../replay/replay-store.ts';
import { ReplayView } from '../replay/replay-view.tsx';
import { RecordedRequest } from './recorded-request.tsx';
import { RecordedResponse } from './recorded-response.tsx';
import { RecordedTimeline } from './recorded-timeline.tsx';

const t = historyMessages.history;

/** The call that is selected in the table. */
export function CallInspector() {
  const [id] = usePath();
  // A path that begins with a plus sign is a page of the view, not a call.
  if (id === undefined || id.startsWith('+'))
    return (
      <EmptyState icon={ListTree} title={t.inspectorEmpty}>
        {t.inspectorEmptyHelp}
      </EmptyState>
    );
  return <PickedCall key={id} id={id} />;
}

function PickedCall({ id }: { id: string }) {
  const { data, error, refetch } = useOperation('calls.get', { id });
  const replay = useReplay((state) => (state.replay?.id === id ? state.replay : null));
  if (error) return <QueryFailure error={error.info} onRetry={() => void refetch()} />;
  if (!data) return <p className="appear-late p-3 text-ink-faint">{messages.ui.loading}</p>;
  if (replay) return <ReplayView call={data.call} replay={replay} />;
  return <RecordedCall call={data.call} />;
}

function RecordedCall({ call }: { call: CallDetail }) {
  const [tab, setTab] = useState('response');
  const summary = [call.module, call.preset, formatTimestamp(call.at)].filter(Boolean).join(' · ');
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-col gap-2 px-3 pt-2.5 pb-2">
        <div>
          <p className="flex items-center gap-2">
            <span className="num min-w-0 font-medium wrap-anywhere">
              {[call.provider, call.model].filter(Boolean).join(' / ') || t.noModel}
            </span>
            <ModeBadge mode={call.mode} />
          </p>
          <p className="num text-ink-faint">{summary}</p>
        </div>
        <CallActions call={call} />
      </div>
      <Tabs
        label={messages.frame.inspector}
        value={tab}
        onChange={setTab}
        items={[
          { id: 'response', label: t.response, content: <RecordedResponse call={call} /> },
          { id: 'request', label: t.request, content: <RecordedRequest call={call} /> },
          { id: 'timeline', label: t.timeline, content: <RecordedTimeline call={call} /> },
        ]}
      />
    </div>
  );
}
