/** What a key press says of an input method; React's own event has it in `nativeEvent`. */
type Composing = Pick<KeyboardEvent, 'isComposing' | 'keyCode'>;

/**
 * Whether a key press belongs to an input method, as for Japanese, Chinese and Korean: its Enter takes what was composed
 * and its Esc drops it, and neither means anything to the panel. Safari tells the end of the composition before the
 * Enter that ended it, and marks that one by the key code 229 alone.
 */
export function isComposing(press: Composing | { nativeEvent: Composing }): boolean {
  const { isComposing: composes, keyCode } = 'nativeEvent' in press ? press.nativeEvent : press;
  return composes || keyCode === 229;
}
