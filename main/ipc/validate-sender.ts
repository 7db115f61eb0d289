import { isPanelUrl } from '../core/app/panel-page.ts';

export interface Sender {
  url: string;
  /** null for the window's own frame. */
  parent: unknown;
}

/** True only for the panel's own top frame, not for a framed page or one navigated to. */
export function isOurFrame(sender: Sender | null): boolean {
  return sender !== null && !sender.parent && isPanelUrl(sender.url);
}
