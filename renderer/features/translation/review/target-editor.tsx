import { useEffect, useEffectEvent, useRef } from 'react';
import type { UnitView } from '../../../../contract/translation.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import { isComposing } from '../../../state/composing.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { TextArea } from '../../../ui/text-area.tsx';

interface TargetEditorProps {
  unit: UnitView;
  /** Saves the text; the focus returns to the row. */
  onSave: (text: string) => void;
  /** Saves the text as reviewed, and moves to the next row. */
  onApprove: (text: string) => void;
  onCancel: () => void;
}

/** The editor of one row's translation: Enter saves, Shift+Enter adds a line break, Esc discards. */
export function TargetEditor({ unit, onSave, onApprove, onCancel }: TargetEditorProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const isClosed = useRef(false);
  const text = () => box.current?.value ?? '';
  const closeWith = (act: () => void) => {
    if (isClosed.current) return;
    isClosed.current = true;
    act();
  };
  // A shortcut to another view unmounts the editor without a blur event; the typed text is saved all the
  // same.
  const leave = useEffectEvent((typed: string) => {
    if (typed !== (unit.target ?? '')) closeWith(() => onSave(typed));
  });
  useEffect(() => {
    const { current } = box;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
    return () => {
      if (current) leave(current.value);
    };
  }, []);
  useShortcut('run', () => closeWith(() => onApprove(text())));
  return (
    <TextArea
      ref={box}
      aria-label={reviewTexts.review.edit}
      defaultValue={unit.target ?? ''}
      rows={1}
      onKeyDown={(press) => {
        press.stopPropagation();
        if (press.shiftKey || press.ctrlKey || press.metaKey || isComposing(press)) return;
        if (press.key !== 'Enter' && press.key !== 'Escape') return;
        press.preventDefault();
        closeWith(press.key === 'Enter' ? () => onSave(text()) : onCancel);
      }}
      onBlur={() => closeWith(() => onSave(text()))}
      className="absolute inset-x-0 top-0.5 z-30 max-h-60 px-1.5! py-1! shadow-pop"
    />
  );
}
