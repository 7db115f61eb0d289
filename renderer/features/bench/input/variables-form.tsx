import type { PackVariable, PackView } from '../../../../contract/prompt-pack.ts';
import { messages } from '../../../messages.ts';
import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';
import { TextArea } from '../../../ui/text-area.tsx';
import { setVariable, shownText, useVariables } from './variables.ts';

const t = messages.bench;

/** The variables of a prompt pack, each with its sample until something is typed. */
export function VariablesForm({ pack }: { pack: PackView }) {
  const texts = useVariables(({ byModule }) => byModule[pack.module]);
  return (
    <div role="group" aria-label={t.variablesOf(pack.title)} className="flex flex-col gap-2 pb-1">
      {pack.variables.map((variable) => (
        <VariableRow
          key={variable.name}
          variable={variable}
          text={shownText(variable, texts)}
          onChange={(text) => setVariable(pack.module, variable.name, text)}
        />
      ))}
    </div>
  );
}

interface VariableRowProps {
  variable: PackVariable;
  text: string;
  onChange: (text: string) => void;
}

function VariableRow({ variable: { name, type, required, description }, text, onChange }: VariableRowProps) {
  return (
    <label className="grid grid-cols-[9rem_1fr] items-start gap-x-3">
      <span className="flex min-w-0 flex-col pt-1" title={description}>
        <span className="num truncate">{name}</span>
        <span className="text-xs text-ink-faint">
          {promptPacksMessages.promptPacks.types[type]}
          {!required && ` · ${t.optional}`}
        </span>
      </span>
      <TextArea
        aria-label={name}
        aria-description={description}
        className={type === 'string' ? undefined : 'num'}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
