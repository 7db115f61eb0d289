import { useCommand } from '../../api/use-command.ts';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { Button } from '../../ui/button.tsx';
import { Banner } from './banner.tsx';
import { formatList } from '../../ui/format.ts';

const t = messages.frame.network;

/**
 * Asks once whether an address in a private range is in the user's own network: only then its providers count
 * as local.
 */
export function NetworkBanners() {
  const registry = useOperation('registry.get', {});
  const saveAnswer = useCommand('providers.ownNetwork');
  return (registry.data?.networks ?? []).map(({ origin, providers }) => (
    <Banner key={origin}>
      <span className="min-w-0 flex-1">
        <strong className="font-medium">{t.question(origin)}</strong> {t.why(formatList(providers))}
        {saveAnswer.error && saveAnswer.variables?.origin === origin && (
          <span className="text-bad"> {saveAnswer.error.message}</span>
        )}
      </span>
      <Button disabled={saveAnswer.isPending} onClick={() => saveAnswer.mutate({ origin, own: true })}>
        {t.yes}
      </Button>
      <Button disabled={saveAnswer.isPending} onClick={() => saveAnswer.mutate({ origin, own: false })}>
        {t.no}
      </Button>
    </Banner>
  ));
}
