import { useEffect, useEffectEvent } from 'react';
import { isComposing } from '../state/composing.ts';
import { shortcutOf } from '../state/key-map.ts';

/** Whether a key press only types a letter. The shortcuts J, K and R of the review must not close a list that is searched. */
const isLetter = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  key.length === 1 && !ctrlKey && !metaKey && !altKey;

/**
 * Closes an open list when a shortcut is pressed: while it is open, assistive technology sees nothing else.
 */
export function useCloseOnChord(open: boolean, close: () => void): void {
  const onPress = useEffectEvent((press: KeyboardEvent) => {
    if (!isComposing(press) && !isLetter(press) && shortcutOf(press) !== null) close();
  });
  useEffect(() => {
    if (!open) return;
    const listen = (press: KeyboardEvent) => onPress(press);
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [open]);
}
