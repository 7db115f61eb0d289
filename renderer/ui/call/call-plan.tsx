import { useState } from 'react';
import type { ChatAnswer, DryRunAnswer } from '../../../contract/chat.ts';
import { messages } from '../../messages.ts';
import { Tabs } from '../tabs.tsx';
import { ChangesTab } from './changes-tab.tsx';
import { CostTab } from './cost-tab.tsx';
import { CurlTab } from './curl-tab.tsx';
import { PlanTarget } from './plan-target.tsx';
import { RequestTab } from './request-tab.tsx';
import { ResponseTab } from './response-tab.tsx';

const words = messages.call;

interface CallPlanProps {
  answer: DryRunAnswer;
  /** What came back, where the call was made. */
  reply: ChatAnswer | null;
}

/** One call: what goes out, what it may cost, what was changed, how to repeat it by hand, and what came back. */
export function CallPlan({ answer, reply }: CallPlanProps) {
  const [tab, setTab] = useState('request');
  const changes = answer.dropped.length + answer.rewritten.length + answer.warnings.length;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PlanTarget answer={answer} />
      <Tabs
        label={messages.frame.inspector}
        value={tab}
        onChange={setTab}
        items={[
          { id: 'request', label: words.request, content: <RequestTab plan={answer.plan} /> },
          { id: 'cost', label: words.cost, content: <CostTab estimate={answer.estimate} /> },
          { id: 'changes', label: words.changes, count: changes, content: <ChangesTab answer={answer} /> },
          { id: 'curl', label: words.curl, content: <CurlTab curl={answer.plan.curl} /> },
          ...(reply
            ? [
                {
                  id: 'response',
                  label: words.response,
                  content: <ResponseTab reply={reply} plan={answer} />,
                },
              ]
            : []),
        ]}
      />
    </div>
  );
}
