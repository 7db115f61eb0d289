import { Plus } from 'lucide-react';
import { useState } from 'react';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { Combo } from '../../../ui/combo.tsx';
import { furtherParams } from './usual-params.ts';
import { Form } from '../../../ui/form.tsx';

const t = modulesMessages.preset;

interface AddParamProps {
  /** Names that are already in the list. */
  present: readonly string[];
  onAdd: (name: string) => void;
}

/** Adds a parameter to the list: a known one, or any other by its name. */
export function AddParam({ present, onAdd }: AddParamProps) {
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const refusal = name === '' ? t.nameFirst : present.includes(name) ? t.thereAlready : undefined;
  const options = furtherParams
    .filter((param) => !present.includes(param.name))
    .map((param) => ({ value: param.name, label: param.name }));
  const add = () => {
    if (refusal !== undefined) return;
    onAdd(name);
    setTyped('');
  };
  return (
    <Form className="flex items-center gap-2 pt-2" onSubmit={add}>
      <Combo
        label={t.addParameter}
        options={options}
        value={typed}
        onChange={setTyped}
        placeholder=""
        className="w-80"
      />
      <Button type="submit" disabled={refusal !== undefined} title={refusal}>
        <Plus size={13} aria-hidden="true" />
        {t.add}
      </Button>
    </Form>
  );
}
