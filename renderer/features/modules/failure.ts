import { create } from 'zustand';
import type { ErrorInfo } from '../../../contract/errors.ts';
import { errorInfoOf } from '../../api/operation-error.ts';

/** The error of the last action of this view, until the next action or until it is dismissed. */
export const useFailure = create<{ error: ErrorInfo | null }>(() => ({ error: null }));

export function setFailure(error: ErrorInfo | null): void {
  useFailure.setState({ error });
}

/** Runs an action; a failure is shown at the top of the work pane. Resolves to whether it succeeded. */
export async function attempt(action: () => Promise<void>): Promise<boolean> {
  setFailure(null);
  try {
    await action();
    return true;
  } catch (thrown) {
    setFailure(errorInfoOf(thrown));
    return false;
  }
}
