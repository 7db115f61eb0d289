const id = 'popups';

/** Where menus and tooltips are drawn: inside the view's landmark, so that they belong to it for screen readers. */
export function PopupRoot() {
  return <div id={id} />;
}

/** The element for a portal; the page itself where there is none. */
export function popupRoot(): HTMLElement {
  return document.getElementById(id) ?? document.body;
}
