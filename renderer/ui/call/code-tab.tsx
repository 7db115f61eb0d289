import { useState } from 'react';
import type { WirePlan } from '../../../contract/plan.ts';
import { messages } from '../../messages.ts';
import { CodeBlock } from '../code-block.tsx';
import { CopyButton } from '../copy-button.tsx';
import { Segments } from '../segments.tsx';
import { fetchCode, powershellCode, pythonCode } from './code-for.ts';

const t = messages.call;
const forms = ['curl', 'powershell', 'fetch', 'python'] as const;
type Form = (typeof forms)[number];

const codeIn: Record<Form, (plan: WirePlan) => string> = {
  curl: ({ curl }) => curl,
  powershell: powershellCode,
  fetch: fetchCode,
  python: pythonCode,
};

/** Windows' own shells cannot run a `curl` line written for other systems. */
function isWindows(): boolean {
  return navigator.userAgent.includes('Windows');
}

/** The same call for a shell, a script, or ComfyVN's language. It never contains a key. */
export function CodeTab({ plan }: { plan: WirePlan }) {
  const [form, setForm] = useState<Form>(isWindows() ? 'powershell' : 'curl');
  const code = codeIn[form](plan);
  return (
    <div className="flex flex-col gap-2 p-3">
      <div className="flex items-center gap-2">
        <Segments
          label={t.copyAs}
          options={forms.map((value) => ({ value, label: t.codeForms[value] }))}
          value={form}
          onChange={setForm}
        />
        <span className="flex-1" />
        <CopyButton text={code} />
      </div>
      <p className="text-sm text-ink-soft">{t.codeHelp}</p>
      <CodeBlock label={t.codeForms[form]} text={code} />
    </div>
  );
}
