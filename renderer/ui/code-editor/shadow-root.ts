/**
 * The root that CodeMirror draws in. In the page itself it would add style elements, which the page's policy
 * forbids; in a shadow root it adopts constructed style sheets.
 */
export function shadowRootOf(host: HTMLElement): ShadowRoot {
  return host.shadowRoot ?? host.attachShadow({ mode: 'open' });
}
