import { create } from 'zustand';
import { forgetToken } from './access-token.ts';

export type Access = 'granted' | 'no_token' | 'wrong_token';

/** Whether this window may talk to the server; only a browser can lack the token. */
export const useAccess = create<{ access: Access }>(() => ({ access: 'granted' }));

/** Without access nothing more is asked for: the server locks an address out that tries too often. */
export function denyAccess(access: Exclude<Access, 'granted'>): void {
  forgetToken();
  useAccess.setState({ access });
}
