import { RotateCcw, Trash2 } from 'lucide-react';
import type { OperationOutput } from '../../../../contract/operations/table.ts';
import { request } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { goTo } from '../../../state/view.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { errorText } from '../../../api/error-text.ts';
import { noticesInOne } from '../../../api/notice-text.ts';
import { connectionDrafts } from './connection-drafts.ts';
import { forgetHealth } from '../../../api/provider-health.ts';
import { undoProviderChange } from '../detail/undo-change.ts';
import { ErrorLine } from '../../../ui/error-line.tsx';

const t = providersMessages.providers;

interface ConnectionButtonsProps {
  saved: OperationOutput<'providers.get'>;
  dirty: boolean;
  saving: boolean;
  onDiscard: () => void;
}

/** Save and Discard; for a user's own file also a button that restores the shipped entry. */
export function ConnectionButtons({ saved, dirty, saving, onDiscard }: ConnectionButtonsProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        type="submit"
        look="primary"
        disabled={!dirty || saving}
        title={dirty ? t.saveHint : t.nothingToSave}
      >
        {t.save}
        <KeyHint id="save" onColour />
      </Button>
      <Button disabled={!dirty || saving} title={dirty ? undefined : t.nothingToSave} onClick={onDiscard}>
        {t.discard}
      </Button>
      {dirty && <span className="text-sm text-warn">{t.unsaved}</span>}
      <span className="flex-1" />
      <Reset saved={saved} />
    </div>
  );
}

function Reset({ saved: { provider, origin, beneath } }: Pick<ConnectionButtonsProps, 'saved'>) {
  const { name, label = name } = provider;
  const { busy, error, run } = useAction();
  const Icon = beneath === null ? Trash2 : RotateCcw;
  const remove = async () => {
    const { change, ...notices } = await request('providers.remove', { name });
    connectionDrafts.set(name, null);
    forgetHealth(name);
    toast({
      title: beneath === null ? t.providerRemoved(label) : t.wasReset(label),
      description: noticesInOne(notices),
      undo: () => undoProviderChange(change.id, name),
    });
    if (beneath === null) goTo('providers');
  };
  return (
    <>
      <ErrorLine text={error && errorText(error)} />
      <Button
        disabled={origin !== 'user' || busy}
        title={origin === 'user' ? t.resetHint : t.nothingToReset}
        onClick={() => run(remove)}
      >
        <Icon size={12} aria-hidden="true" />
        {origin === 'user' && beneath === null ? t.removeProvider : t.reset}
      </Button>
    </>
  );
}
