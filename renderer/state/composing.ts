/** The input method fields of a key press; React's own event has them in `nativeEvent`. */
type Composing = Pick<KeyboardEvent, 'isComposing' | 'keyCode'>;

/**
 * Whether a key press belongs to an input method, as for Japanese, Chinese and Korean: there Enter accepts
 * the composition and Esc cancels it, and the panel must ignore both. Safari reports the end of the
 * composition before its Enter, which is recognizable only by the key code 229.
 */
export function isComposing(press: Composing | { nativeEvent: Composing }): boolean {
  const { isComposing: composes, keyCode } = 'nativeEvent' in press ? press.nativeEvent : press;
  return composes || keyCode === 229;
}
