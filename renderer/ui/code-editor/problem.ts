/** A problem in an editor's text. Without a position it concerns the whole text. */
export interface Problem {
  message: string;
  /** The path in the JSON value. */
  path?: readonly (string | number)[];
  /** The position in the text, in characters from its start. */
  offset?: number;
}
