import type { ProviderView } from '../../../contract/provider.ts';
import { keyVariable } from '../../api/provider-standing.ts';
import { messages } from '../../messages.ts';
import { CopyButton } from '../../ui/copy-button.tsx';

const words = messages.providers;

/** Whether there is a key and where it was found; never the key. */
export function KeyState({ provider: { name, credentials } }: { provider: ProviderView }) {
  if (credentials.present) {
    return (
      <>
        <span className="num">••••{credentials.last4}</span>
        {credentials.source !== null && (
          <span className="ml-2 text-ink-soft">{words.keyFrom(credentials.source)}</span>
        )}
      </>
    );
  }
  if (!credentials.required) return <>{words.keyNotNeeded}</>;
  const variable = keyVariable(name);
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <span className="text-warn">{words.keyMissing}</span>
      <code className="num wrap-anywhere">{variable}</code>
      <CopyButton text={variable} />
    </span>
  );
}
