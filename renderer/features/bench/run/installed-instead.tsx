import { Send } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ErrorCode } from '../../../../contract/errors.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { messages } from '../../../messages.ts';
import { Button } from '../../../ui/button.tsx';
import { askInstalledModels, isLocalServer } from '../../../ui/installed-models.ts';
import { hasModel, isChatModel } from '../../../ui/model-names.ts';
import { setColumnTarget } from '../columns/columns.ts';
import type { Run } from './run-store.ts';
import { startRun } from './start-run.ts';

/** Errors that a missing model may have caused. */
const mayBeTheModel: ReadonlySet<ErrorCode> = new Set([
  'provider_not_found',
  'provider_rejected',
  'provider_error',
  'provider_bad_reply',
  'provider_overloaded',
  'unknown_model',
]);
const maxOffered = 6;

/** Shown after a local server refused a model that is not installed: buttons for some that are. */
export function InstalledInstead({ run }: { run: Run }) {
  const { data: registry } = useOperation('registry.get', {});
  const [installedModels, setInstalledModels] = useState<readonly string[] | null>(null);
  const { provider } = run;
  const model = run.model ?? run.plan?.model ?? null;
  const mayHelp =
    run.kind === 'live' &&
    run.error !== null &&
    mayBeTheModel.has(run.error.code) &&
    registry !== undefined &&
    isLocalServer(registry, provider);
  useEffect(() => {
    let isOver = false;
    if (mayHelp && provider !== null)
      void askInstalledModels(provider, true).then((answer) => {
        if (!isOver && answer?.status === 'found') setInstalledModels(answer.models);
      });
    return () => void (isOver = true);
  }, [mayHelp, provider]);
  if (!mayHelp || installedModels === null || model === null || hasModel(installedModels, model)) return null;
  const label = registry.providers.find(({ name }) => name === provider)?.label ?? provider ?? '';
  const t = messages.bench.installed;
  const chat = installedModels.filter(isChatModel);
  const send = (id: string) => {
    setColumnTarget(run.column, { provider, model: id, preset: null });
    const target = { ...run.target, provider, model: id, preset: null };
    void startRun('live', { id: run.column, target }, run.benchInput);
  };
  return (
    <section aria-label={t.title} className="flex flex-col gap-1.5">
      <p>{chat.length === 0 ? t.none(label, model) : t.has(label, model, chat.length)}</p>
      <div className="flex flex-wrap gap-1.5">
        {chat.slice(0, maxOffered).map((id) => (
          <Button key={id} look="live" onClick={() => send(id)}>
            <Send size={13} aria-hidden="true" />
            {t.sendTo(id)}
          </Button>
        ))}
      </div>
      {chat.length > maxOffered && (
        <p className="text-sm text-ink-soft">{t.more(chat.length - maxOffered)}</p>
      )}
    </section>
  );
}
