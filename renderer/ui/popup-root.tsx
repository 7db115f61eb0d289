const id = 'popups';

/**
 * The container for menus and tooltips, inside the view's landmark, so that screen readers associate them
 * with it.
 */
export function PopupRoot() {
  return <div id={id} />;
}

/** The element for a portal; the document body if there is none. */
export function popupRoot(): HTMLElement {
  return document.getElementById(id) ?? document.body;
}
