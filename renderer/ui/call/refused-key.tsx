import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { goTo } from '../../state/view.ts';
import { Button } from '../button.tsx';
import { HintLine } from '../hint-line.tsx';

interface RefusedKeyProps {
  /** The provider that answered 401 or 403. */
  providerName: string | null;
  /** The advice if a key is set. */
  hint: string | null | undefined;
  /** The key field is already beside it. */
  isAtKey: boolean;
  /** Further actions, beside the one that leads to the key. */
  children?: ReactNode;
}

/** What to try after a provider refused a call for its key: which differs if none is set. */
export function RefusedKey({ providerName, hint, isAtKey, children }: RefusedKeyProps) {
  const { data } = useOperation('registry.get', {});
  const provider = data?.providers.find(({ name }) => name === providerName);
  const t = messages.errors;
  const isMissing = provider !== undefined && !provider.credentials.present;
  const advice = isMissing ? t.keyWanted : hint;
  return (
    <>
      {advice && <HintLine>{advice}</HintLine>}
      <div className="flex flex-wrap items-center gap-2 empty:hidden">
        {provider && !isAtKey && (
          <Button onClick={() => goTo('providers', provider.name, 'connection', 'key')}>
            <KeyRound size={12} aria-hidden="true" />
            {isMissing ? messages.keys.add : t.checkKey}
          </Button>
        )}
        {children}
      </div>
    </>
  );
}
