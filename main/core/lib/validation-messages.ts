import { z } from 'zod';

/** zod's messages are for programmers; these are for the author of the request. */
export function useOurMessages(): void {
  z.config({
    customError: (issue) => {
      if (issue.code === 'invalid_type' && issue.input === undefined) return `required (${issue.expected})`;
      if (issue.code === 'invalid_type') return `${issue.expected} expected`;
      if (issue.code === 'invalid_value')
        return `expected one of ${issue.values.map((v) => JSON.stringify(v)).join(', ')}`;
      return undefined;
    },
  });
}
