import { Pencil, Save, X } from 'lucide-react';
import { useState } from 'react';
import { messages } from '../../../messages.ts';
import { isComposing } from '../../../state/composing.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { setTarget, useTarget } from '../../../state/target.ts';
import { toast } from '../../../state/toasts.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { ListRow } from '../../../ui/list.tsx';
import { draftKey } from './drafts.ts';
import type { SavedInput } from './saved-inputs.ts';
import { openInput, removeInput, renameInput, saveInput, useSavedInputs } from './saved-inputs.ts';
import { Section } from '../../../ui/section.tsx';

const t = messages.bench;

/** The saved inputs of the picked module. */
export function SavedInputs() {
  const module = useTarget((target) => target.module);
  const saved = useSavedInputs((state) => state.saved).filter(({ key }) => key === draftKey(module));
  const save = () => {
    const { id, name } = saveInput(module);
    toast({ title: t.savedAs(name), undo: () => removeInput(id) });
  };
  useShortcut('save', save);
  return (
    <Section
      look="list"
      title={t.saved}
      action={<IconButton icon={Save} label={t.saveInput} shortcut="save" onClick={save} />}
    >
      {saved.length === 0 && (
        <p className="px-3 py-1 text-sm text-ink-faint">
          <KeyHint id="save" /> {t.noSaved}
        </p>
      )}
      {saved.map((input) => (
        <SavedRow key={input.id} input={input} onOpen={() => open(input)} />
      ))}
    </Section>
  );
}

function open(input: SavedInput): void {
  setTarget({ module: input.key === 'none' ? null : input.key });
  openInput(input);
}

function SavedRow({ input, onOpen }: { input: SavedInput; onOpen: () => void }) {
  const [renaming, setRenaming] = useState(false);
  const { id, name } = input;
  const remove = () => toast({ title: t.savedGone(name), undo: removeInput(id) });
  if (renaming) return <RenameBox input={input} onDone={() => setRenaming(false)} />;
  return (
    <div
      className="group flex items-center pr-1.5"
      onKeyDown={({ key }) => {
        if (key === 'F2') setRenaming(true);
        if (key === 'Delete') remove();
      }}
    >
      <div className="flex min-w-0 flex-1 flex-col">
        <ListRow label={name} selected={false} onClick={onOpen} />
      </div>
      <span className="hidden shrink-0 group-focus-within:flex group-hover:flex">
        <IconButton icon={Pencil} label={t.renameSaved(name)} onClick={() => setRenaming(true)} />
        <IconButton icon={X} label={t.deleteSaved(name)} onClick={remove} />
      </span>
    </div>
  );
}

function RenameBox({ input: { id, name }, onDone }: { input: SavedInput; onDone: () => void }) {
  const finish = (text: string) => {
    if (text.trim() !== '') renameInput(id, text.trim());
    onDone();
  };
  return (
    <input
      autoFocus
      aria-label={t.savedName}
      defaultValue={name}
      onFocus={({ target }) => target.select()}
      onBlur={({ target }) => finish(target.value)}
      onKeyDown={(press) => {
        if (isComposing(press)) return;
        if (press.key === 'Enter') finish(press.currentTarget.value);
        if (press.key === 'Escape') onDone();
      }}
      className="mx-1.5 h-7 rounded-md border border-accent bg-raised px-1.5"
    />
  );
}
