import { z } from 'zod';

/** zod's words are for programmers; these are for whoever wrote the body. */
export function useOurMessages(): void {
  z.config({
    customError: (issue) => {
      if (issue.code === 'invalid_type' && issue.input === undefined) return `required (${issue.expected})`;
      if (issue.code === 'invalid_type') return `${issue.expected} expected`;
      if (issue.code === 'invalid_value')
        return `one of ${issue.values.map((v) => JSON.stringify(v)).join(', ')} expected`;
      return undefined;
    },
  });
}
