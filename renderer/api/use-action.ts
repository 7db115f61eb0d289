import { useState } from 'react';
import type { ErrorInfo } from '../../contract/errors.ts';
import { errorInfoOf } from './operation-error.ts';

interface Action {
  busy: boolean;
  error: ErrorInfo | null;
  /** Goes on when the component is gone: the notice at its end is shown in any case. */
  run: (action: () => Promise<void>) => void;
}

/** Several requests that are one deed for the person, with what is needed to show it. */
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
