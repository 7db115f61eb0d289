/**
 * The root in which CodeMirror renders. In the document itself it would add style elements, which the page's
 * policy blocks; in a shadow root it adopts constructed style sheets.
 */
export function shadowRootOf(host: HTMLElement): ShadowRoot {
  return host.shadowRoot ?? host.attachShadow({ mode: 'open' });
}
