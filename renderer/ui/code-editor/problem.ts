/** Something wrong with the text of an editor. Without a position it is about all of it. */
export interface Problem {
  message: string;
  /** Where in the JSON value it is. */
  path?: readonly (string | number)[];
  /** Where in the text it is, in characters from its start. */
  offset?: number;
}
