import { create } from 'zustand';
import type { Registration } from './registration.ts';

/** What is typed and not registered yet; kept while other things are looked at. */
export const useRegistrationDraft = create<{ draft: Registration | null }>(() => ({ draft: null }));

/** What a form that opens now begins with. */
export function registrationDraft(): Registration | null {
  return useRegistrationDraft.getState().draft;
}
