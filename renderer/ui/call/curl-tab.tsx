import { messages } from '../../messages.ts';
import { CodeBlock } from '../code-block.tsx';
import { CopyButton } from '../copy-button.tsx';

/** The same call for a shell. */
export function CurlTab({ curl }: { curl: string }) {
  return (
    <div className="flex flex-col gap-2 p-3">
      <div className="flex items-center gap-2">
        <p className="flex-1 text-sm text-ink-soft">{messages.call.curlHelp}</p>
        <CopyButton text={curl} />
      </div>
      <CodeBlock label={messages.call.curl} text={curl} />
    </div>
  );
}
