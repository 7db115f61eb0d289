import { useEffect, useRef, useState } from 'react';
import { Plus, RotateCcw, X } from 'lucide-react';
import { messages } from '../../../messages.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import type { Draft, DraftMessage, DraftRole } from './drafts.ts';
import { newMessage, resetDraft, undoReset, useDrafts } from './drafts.ts';

const t = messages.bench;
const roleGroups = () => [
  {
    options: (['system', 'user', 'assistant'] as const).map((value) => ({
      value,
      label: t.roles[value],
    })),
  },
];

interface MessageEditorProps {
  draft: Draft;
  draftName: string;
  onChange: (draft: Draft) => void;
}

/** The messages to send, in order. The last one has the focus when the Bench opens. */
export function MessageEditor({ draft, draftName, onChange }: MessageEditorProps) {
  const replace = (id: string, change: Partial<DraftMessage>) =>
    onChange(draft.map((message) => (message.id === id ? { ...message, ...change } : message)));
  return (
    <div className="flex flex-col gap-2">
      {draft.map((message, index) => (
        <MessageRow
          key={message.id}
          message={message}
          index={index}
          focused={index === draft.length - 1}
          onChange={(change) => replace(message.id, change)}
          onRemove={
            draft.length > 1 ? () => onChange(draft.filter(({ id }) => id !== message.id)) : undefined
          }
        />
      ))}
      <div className="flex gap-1">
        <Button look="quiet" onClick={() => onChange([...draft, newMessage(nextRole(draft))])}>
          <Plus size={13} aria-hidden="true" />
          {t.addMessage}
        </Button>
        <ResetButton draftName={draftName} />
      </div>
    </div>
  );
}

function ResetButton({ draftName }: { draftName: string }) {
  const edited = useDrafts(({ byModule }) => byModule[draftName] !== undefined);
  const undoable = useDrafts(({ beforeReset }) => beforeReset?.key === draftName);
  if (!edited && !undoable) return null;
  return (
    <Button look="quiet" onClick={() => (undoable ? undoReset() : resetDraft(draftName))}>
      <RotateCcw size={13} aria-hidden="true" />
      {undoable ? t.undoReset : t.resetDraft}
    </Button>
  );
}

function nextRole(draft: Draft): DraftRole {
  return draft.at(-1)?.role === 'user' ? 'assistant' : 'user';
}

interface MessageRowProps {
  message: DraftMessage;
  index: number;
  focused: boolean;
  onChange: (change: Partial<DraftMessage>) => void;
  onRemove?: () => void;
}

function MessageRow({ message, index, focused, onChange, onRemove }: MessageRowProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  // Decided at the first render: removing the rows after it must not move the focus here.
  const [takesFocus] = useState(focused);
  // Not `autoFocus`: it forces a layout before the rest of the page exists, and then a second one.
  useEffect(() => {
    if (takesFocus) requestAnimationFrame(() => field.current?.focus());
  }, [takesFocus]);
  return (
    <div className="flex items-start gap-1.5">
      <Select
        label={`${t.role} ${index + 1}`}
        bare
        groups={roleGroups()}
        value={message.role}
        onChange={(role) => onChange({ role: role as DraftRole })}
        className="w-24 shrink-0"
      />
      <TextArea
        aria-label={`${t.message} ${index + 1}`}
        ref={field}
        className={focused ? 'min-h-16' : undefined}
        value={message.text}
        onChange={(event) => onChange({ text: event.target.value })}
      />
      {onRemove && <IconButton icon={X} label={t.removeMessage} onClick={onRemove} />}
    </div>
  );
}
