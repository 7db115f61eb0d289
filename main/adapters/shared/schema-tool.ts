/**
 * The tool that a protocol forces if a model takes a schema only as a tool (`structured_output: "tool"`).
 * Replies are read without their request, so the name is fixed: a call of it is the reply's text, not a tool
 * call.
 */
export const schemaToolName = 'reply_in_json';

export const schemaToolDescription =
  'Gives the reply. Call it exactly once, with the whole reply as its arguments.';
