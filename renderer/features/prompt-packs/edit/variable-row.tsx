import { Trash2 } from 'lucide-react';
import type { PackVariable } from '../../../../contract/prompt-pack.ts';
import type { PackProblem, PackUse } from '../../../../contract/user-pack.ts';
import { packProblemText } from '../../../api/coded-text.ts';
import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Field } from '../../../ui/field.tsx';
import { formatList } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { sampleFor, textOf, valueOf, variablesOf, withVariables } from './pack-variables.ts';
import type { PackEditor } from './use-pack-editor.ts';
import { VariableText } from './variable-text.tsx';

const t = promptPacksMessages.promptPacks;
const types = () => Object.entries(t.types).map(([value, label]) => ({ value, label }));

interface VariableRowProps {
  editor: PackEditor;
  variable: PackVariable;
  at: number;
  uses: readonly PackUse[];
  /** Its items are sent as separate messages. */
  isTurns: boolean;
  problems: readonly PackProblem[];
}

/** One variable: its name, type and sample, and where the templates read it. */
export function VariableRow({ editor, variable, at, uses, isTurns, problems }: VariableRowProps) {
  const { work, readOnly, texts } = editor;
  const { name, type, required, description, sample, schema } = variable;
  const errorAt = (field: string) => {
    const found = problems.find(({ path }) => path.startsWith(`variables[${at}].${field}`));
    return found && packProblemText(found);
  };
  const withOver = (over: Partial<PackVariable>) =>
    withVariables(work, variablesOf(work).with(at, { ...variable, ...over }));
  const update = (over: Partial<PackVariable>) => editor.change(withOver(over));
  const setSample = (text: string) => {
    const read = valueOf(type, text);
    editor.setText(`sample:${at}`, read ? null : text, read && withOver({ sample: read.value }));
  };
  const setShape = (text: string) => {
    const read = text.trim() === '' ? { value: undefined } : valueOf('object', text);
    const shape = read?.value as PackVariable['schema'];
    editor.setText(`shape:${at}`, read ? null : text, read && withOver({ schema: shape }));
  };
  const remove = () => {
    const next = withVariables(work, variablesOf(work).toSpliced(at, 1));
    // Invalid texts are stored by variable index, and removing a variable changes the index of those after
    // it.
    editor.change(next, (field) => !/^(sample|shape):/.test(field));
  };
  return (
    <li aria-label={name} className="rounded-md border border-line bg-raised p-2">
      <fieldset
        disabled={readOnly}
        title={readOnly ? t.readOnlyHelp : undefined}
        className="grid grid-cols-[10rem_minmax(0,1fr)] gap-x-3 gap-y-2"
      >
        <Field
          mono
          label={t.name}
          value={name}
          error={errorAt('name')}
          onChange={(next) => update({ name: next })}
        />
        <Field
          label={t.description}
          value={description}
          error={errorAt('description')}
          onChange={(next) => update({ description: next })}
        />
        <div className="flex flex-col gap-2">
          <Select
            label={t.type}
            groups={[{ options: types() }]}
            value={type}
            disabled={readOnly}
            onChange={(next) => {
              const to = next as PackVariable['type'];
              update({ type: to, sample: sampleFor(to) });
            }}
          />
          <Switch
            label={t.required}
            checked={required}
            disabled={readOnly}
            onChange={(next) => update({ required: next })}
          />
          <div className="flex items-center gap-2">
            <Usage uses={uses} isTurns={isTurns} />
            <span className="flex-1" />
            {!readOnly && <IconButton icon={Trash2} label={t.removeVariable(name)} onClick={remove} />}
          </div>
        </div>
        <div className="flex min-w-0 flex-col gap-2">
          <VariableText
            label={t.sample}
            name={name}
            mono={type !== 'string'}
            text={texts[`sample:${at}`] ?? textOf(sample)}
            error={texts[`sample:${at}`] === undefined ? errorAt('sample') : t.notJson}
            onChange={setSample}
          />
          <VariableText
            mono
            label={t.shape}
            name={name}
            hint={t.shapeHelp}
            text={texts[`shape:${at}`] ?? (schema === undefined ? '' : JSON.stringify(schema))}
            error={texts[`shape:${at}`] === undefined ? errorAt('schema') : t.notJson}
            onChange={setShape}
          />
        </div>
      </fieldset>
    </li>
  );
}

function Usage({ uses, isTurns }: { uses: readonly PackUse[]; isTurns: boolean }) {
  if (isTurns) return <Badge tone="ok">{t.turnsUse}</Badge>;
  if (uses.length === 0)
    return (
      <Badge tone="warn" title={t.unusedHelp}>
        {t.unused}
      </Badge>
    );
  const readers = formatList(uses.map(({ file, line, column }) => `${file} ${t.problemPlace(line, column)}`));
  return (
    <span title={t.usedHelp(readers)}>
      <Badge tone="ok">{`${t.use} ${t.used(uses.length)}`}</Badge>
    </span>
  );
}
