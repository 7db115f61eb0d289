import { useState } from 'react';
import type { ErrorInfo } from '../../contract/errors.ts';
import { errorInfoOf } from './operation-error.ts';

interface Action {
  busy: boolean;
  error: ErrorInfo | null;
  /** Continues after the component is unmounted, so that the final notice is always shown. */
  run: (action: () => Promise<void>) => void;
}

/** Several requests that form one action for the user, with the state to show its progress. */
export function useAction(): Action {
  const [state, setState] = useState<Pick<Action, 'busy' | 'error'>>({ busy: false, error: null });
  const run = (action: () => Promise<void>): void => {
    setState({ busy: true, error: null });
    action().then(
      () => setState({ busy: false, error: null }),
      (thrown: unknown) => setState({ busy: false, error: errorInfoOf(thrown) }),
    );
  };
  return { ...state, run };
}
