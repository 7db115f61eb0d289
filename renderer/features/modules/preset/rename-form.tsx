import { useState } from 'react';
import { messages } from '../../../messages.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { isComposing } from '../../../state/composing.ts';
import { Button } from '../../../ui/button.tsx';
import { idProblem } from './preset-schema.ts';
import { Form } from '../../../ui/form.tsx';

const t = modulesMessages.preset;

interface RenameFormProps {
  id: string;
  onRename: (id: string) => void;
  onCancel: () => void;
}

/** A form for a new id of a user's preset; Enter applies it, Esc cancels. */
export function RenameForm({ id, onRename, onCancel }: RenameFormProps) {
  const [typed, setTyped] = useState(id);
  const problem = idProblem(typed);
  return (
    <Form
      aria-label={t.rename}
      className="flex flex-wrap items-center gap-2"
      onSubmit={() => {
        if (typed === id) onCancel();
        else if (problem === undefined) onRename(typed);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isComposing(event)) return;
        event.preventDefault();
        onCancel();
      }}
    >
      <input
        aria-label={t.newId}
        aria-invalid={problem !== undefined || undefined}
        value={typed}
        spellCheck={false}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the user opened this form by a key or a click
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        className="num h-7 w-80 max-w-full rounded-md border border-line-strong bg-raised px-2"
      />
      <Button type="submit" look="primary" disabled={problem !== undefined} title={problem}>
        {t.rename}
      </Button>
      <Button onClick={onCancel}>{messages.ui.cancel}</Button>
      {problem !== undefined && <p className="text-sm text-bad">{problem}</p>}
    </Form>
  );
}
