import { X } from 'lucide-react';
import type { LogLine } from '../../../../contract/log-line.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';

const t = serverMessages.server.log;

/** One line in full, with one row per field. */
export function LogDetail({ line, onClose }: { line: LogLine; onClose: () => void }) {
  const { at, level, message, request_id, rest } = line;
  const fields = { at, level, message, request_id, ...(rest ? (JSON.parse(rest) as object) : {}) };
  const text = JSON.stringify(fields, null, 2);
  return (
    <section aria-label={t.details} className="flex max-h-64 shrink-0 flex-col border-t border-line">
      <header className="flex h-8 shrink-0 items-center gap-2 bg-panel pr-1.5 pl-4">
        <h2 className="flex-1 text-sm font-medium text-ink-faint">{t.details}</h2>
        <CopyButton text={text} />
        <IconButton icon={X} label={t.closeDetails} side="left" onClick={onClose} />
      </header>
      <div className="min-h-0 overflow-y-auto p-2">
        <CodeBlock label={t.details} text={text} language="json" />
      </div>
    </section>
  );
}
