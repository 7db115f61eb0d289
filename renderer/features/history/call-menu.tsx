import { useOperation } from '../../api/use-operation.ts';
import { historyMessages } from '../../messages/history-messages.ts';
import { messages } from '../../messages.ts';
import { openInspector } from '../../state/inspector.ts';
import { goTo } from '../../state/view.ts';
import { MenuItems } from '../../ui/menu-items.tsx';
import { callActions } from './call-actions.tsx';
import { useChosen } from './chosen-calls.ts';

interface CallMenuProps {
  id: string;
  onChoose: () => void;
}

/** The menu of a row: the inspector's actions for the call, and choosing it. */
export function CallMenu({ id, onChoose }: CallMenuProps) {
  const t = historyMessages.history;
  // Only the full record says whether its request was stored and can be replayed.
  const { data } = useOperation('calls.get', { id });
  const isChosen = useChosen(({ ids }) => ids.has(id));
  const show = () => {
    goTo('history', id);
    openInspector();
  };
  const actions = data ? callActions(data.call) : [];
  return (
    <MenuItems
      items={[
        { label: t.openCall, onSelect: show },
        ...actions.map(({ id: action, label, unavailable, run }) => ({
          label,
          unavailable,
          onSelect: () => {
            // The inspector shows the result.
            if (action === 'replay') show();
            run();
          },
        })),
        ...(data
          ? []
          : [{ label: messages.ui.loading, unavailable: messages.ui.loading, onSelect: () => {} }]),
        { label: isChosen ? t.unchoose : t.choose, onSelect: onChoose },
      ]}
    />
  );
}
