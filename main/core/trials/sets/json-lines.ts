/** A problem in a file of JSON lines. */
export interface LineProblem {
  /** 1-based and including blank lines, as in an editor. */
  line: number;
  /** `variables.glossary`; empty for the whole line. */
  path: string;
  message: string;
}

/** A line of a file that is a JSON object. */
export interface JsonLine {
  line: number;
  value: Record<string, unknown>;
}

const maxMessage = 200;

function parsed(text: string): { value: unknown } | { message: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { message: (error as Error).message.slice(0, maxMessage) };
  }
}

/**
 * Parses JSON lines. A byte order mark, both kinds of line break and blank lines are allowed. An invalid line
 * is reported and skipped; the others are read.
 */
export function readJsonLines(text: string): { lines: JsonLine[]; problems: LineProblem[] } {
  const lines: JsonLine[] = [];
  const problems: LineProblem[] = [];
  for (const [i, raw] of text.split('\n').entries()) {
    // Also removes a byte order mark and a carriage return.
    const content = raw.trim();
    if (content === '') continue;
    const line = i + 1;
    const result = parsed(content);
    if ('message' in result) problems.push({ line, path: '', message: `is not JSON: ${result.message}` });
    else if (typeof result.value !== 'object' || result.value === null || Array.isArray(result.value))
      problems.push({ line, path: '', message: 'is JSON but not an object: each line is one { … }' });
    else lines.push({ line, value: result.value as Record<string, unknown> });
  }
  return { lines, problems };
}
