import { Plus, TriangleAlert } from 'lucide-react';
import type { PackVariable } from '../../../../contract/prompt-pack.ts';
import type { PackProblem, PackUse } from '../../../../contract/user-pack.ts';
import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { freeName, newVariable, undeclared, variablesOf, withVariables } from './pack-variables.ts';
import type { PackEditor } from './use-pack-editor.ts';
import { VariableRow } from './variable-row.tsx';

const t = promptPacksMessages.promptPacks;

interface VariablesTabProps {
  editor: PackEditor;
  uses: readonly PackUse[];
  problems: readonly PackProblem[];
}

/** The variables that a template can read: each with its type, its sample, and its uses. */
export function VariablesTab({ editor, uses, problems }: VariablesTabProps) {
  const { work, readOnly } = editor;
  const variables = variablesOf(work);
  const setVariables = (next: readonly PackVariable[]) => editor.change(withVariables(work, next));
  // A new required variable would make all existing samples invalid.
  const required = Object.keys(work.samples ?? {}).length === 0;
  const add = (name: string) =>
    setVariables([...variables, newVariable(freeName(variables, name), t.declaredHelp, required)]);
  return (
    <div className="flex flex-col gap-2 p-3">
      <Undeclared uses={undeclared(work, uses)} readOnly={readOnly} onDeclare={add} />
      {variables.length === 0 && <p className="text-ink-soft">{t.noVariables}</p>}
      <ul aria-label={t.variables} className="flex flex-col gap-2">
        {variables.map((variable, at) => (
          <VariableRow
            // Not keyed by name, which changes while it is typed.
            key={at}
            editor={editor}
            variable={variable}
            at={at}
            uses={uses.filter(({ name }) => name === variable.name)}
            isTurns={work.pack.turns === variable.name}
            problems={problems.filter(
              ({ file, path }) => file === 'pack.json' && path.startsWith(`variables[${at}]`),
            )}
          />
        ))}
      </ul>
      {!readOnly && (
        <Button className="self-start" onClick={() => add('variable')}>
          <Plus size={13} aria-hidden="true" />
          {t.addVariable}
        </Button>
      )}
    </div>
  );
}

interface UndeclaredProps {
  uses: readonly PackUse[];
  readOnly: boolean;
  onDeclare: (name: string) => void;
}

function Undeclared({ uses, readOnly, onDeclare }: UndeclaredProps) {
  return uses.map(({ name, file, line, column }) => (
    <p key={name} className="flex items-center gap-2 rounded-md bg-bad-soft px-2 py-1">
      <TriangleAlert size={13} aria-hidden="true" className="shrink-0 text-bad" />
      <span className="num">{t.undeclared(name)}</span>
      <span className="flex-1 text-sm text-ink-soft">{t.undeclaredAt(file, line, column)}</span>
      {!readOnly && <Button onClick={() => onDeclare(name)}>{t.declare}</Button>}
    </p>
  ));
}
