import { isPanelUrl } from '../core/app/panel-page.ts';

export interface Sender {
  url: string;
  /** null for the window's own frame. */
  parent: unknown;
}

/** True for the panel's own top frame, and nothing that was framed into or navigated to in its place. */
export function isOurFrame(sender: Sender | null): boolean {
  return sender !== null && !sender.parent && isPanelUrl(sender.url);
}
