import { create } from 'zustand';
import { forgetToken } from './access-token.ts';

export type Access = 'granted' | 'no_token' | 'wrong_token';

/** Whether this window may access the server; only a browser can lack the token. */
export const useAccess = create<{ access: Access }>(() => ({ access: 'granted' }));

/** Without access no further requests are sent: the server locks out an address after too many tries. */
export function denyAccess(access: Exclude<Access, 'granted'>): void {
  forgetToken();
  useAccess.setState({ access });
}
