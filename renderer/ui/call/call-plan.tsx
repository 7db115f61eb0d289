import { useState } from 'react';
import type { ChatAnswer, DryRunAnswer } from '../../../contract/chat.ts';
import { messages } from '../../messages.ts';
import { Tabs } from '../tabs.tsx';
import { ChangesTab } from './changes-tab.tsx';
import { CodeTab } from './code-tab.tsx';
import { CostTab } from './cost-tab.tsx';
import { PlanTarget } from './plan-target.tsx';
import { RequestTab } from './request-tab.tsx';
import { ResponseTab } from './response-tab.tsx';

const t = messages.call;

interface CallPlanProps {
  answer: DryRunAnswer;
  /** The answer, if the call was made. */
  reply: ChatAnswer | null;
  /** The plan of the previous run, for comparison. */
  previous?: DryRunAnswer | null;
}

/** One call: the request, its cost, what was changed, how to repeat it, and the answer. */
export function CallPlan({ answer, reply, previous = null }: CallPlanProps) {
  const [tab, setTab] = useState('request');
  const changes = answer.dropped.length + answer.rewritten.length + answer.warning_details.length;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PlanTarget answer={answer} />
      <Tabs
        label={messages.frame.inspector}
        value={tab}
        onChange={setTab}
        narrow
        items={[
          { id: 'request', label: t.request, content: <RequestTab plan={answer.plan} /> },
          { id: 'cost', label: t.cost, content: <CostTab estimate={answer.estimate} /> },
          {
            id: 'changes',
            label: t.changes,
            count: changes,
            content: <ChangesTab answer={answer} previous={previous} />,
          },
          { id: 'code', label: t.code, content: <CodeTab plan={answer.plan} /> },
          ...(reply
            ? [{ id: 'response', label: t.response, content: <ResponseTab reply={reply} plan={answer} /> }]
            : []),
        ]}
      />
    </div>
  );
}
