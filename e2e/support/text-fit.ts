import type { Page } from 'playwright/test';

/**
 * Layout problems of the page, one line each: a Chinese or Japanese text that is truncated or overflows its
 * button, overlapping controls, and horizontal scrolling. It measures boxes instead of comparing pixels, so
 * the result is the same with every font. Texts in Latin letters are names and ids, which may be truncated in
 * a narrow list.
 */
export async function layoutProblems(page: Page): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready);
  return page.evaluate(() => {
    const ideographs = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
    const controls = 'button, a[href], input, select, textarea, [role=tab], [role=switch], [role=combobox]';
    const faults: string[] = [];
    const nameOf = (element: Element) =>
      (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60) ||
      element.tagName.toLowerCase();
    const isShown = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      element.getBoundingClientRect().width > 4 &&
      element.getBoundingClientRect().height > 4;
    const all = [...document.body.querySelectorAll<HTMLElement>('*')].filter(isShown);

    /** Whether a point of an element is scrolled out of sight. */
    const isClipped = (element: Element, x: number, y: number): boolean => {
      for (let around = element.parentElement; around; around = around.parentElement) {
        if (getComputedStyle(around).overflow === 'visible') continue;
        const { left, right, top, bottom } = around.getBoundingClientRect();
        if (x < left || x > right || y < top || y > bottom) return true;
      }
      return false;
    };

    for (const element of all) {
      const { overflowX, overflowY } = getComputedStyle(element);
      const texts = [...element.childNodes].filter(
        (node) => node.nodeType === Node.TEXT_NODE && ideographs.test(node.textContent ?? ''),
      );
      const wide = element.scrollWidth > element.clientWidth + 1;
      if (texts.length > 0 && /hidden|clip/.test(overflowX) && wide)
        faults.push(`cut: ${nameOf(element)} (${element.scrollWidth} > ${element.clientWidth})`);
      if (
        texts.length > 0 &&
        /hidden|clip/.test(overflowY) &&
        element.scrollHeight > element.clientHeight + 3
      )
        faults.push(`cut below: ${nameOf(element)}`);
      const button = element.closest('button, [role=tab], [role=combobox], [role=radio]');
      for (const text of button && !/hidden|clip/.test(overflowX) ? texts : []) {
        const range = document.createRange();
        range.selectNodeContents(text);
        const inside = range.getBoundingClientRect();
        const box = button!.getBoundingClientRect();
        if (inside.right > box.right + 1 || inside.left < box.left - 1 || inside.bottom > box.bottom + 2)
          faults.push(`outside of its button: ${nameOf(button!)}`);
      }
      if (
        /auto|scroll/.test(overflowX) &&
        wide &&
        !element.querySelector('[role=grid]') &&
        !element.matches('pre, textarea, .cm-scroller')
      )
        faults.push(`scrolls sideways: ${nameOf(element)}`);
      if (
        element instanceof HTMLInputElement &&
        ideographs.test(element.placeholder) &&
        element.value === ''
      ) {
        const style = getComputedStyle(element);
        const pen = document.createElement('canvas').getContext('2d')!;
        pen.font = `${style.fontSize} ${style.fontFamily}`;
        const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        if (pen.measureText(element.placeholder).width > room + 1)
          faults.push(`placeholder cut: ${element.placeholder}`);
      }
    }

    // A control covered by another one cannot be pressed; controls that are scrolled out of sight are not
    // covered.
    for (const control of all.filter((element) => element.matches(controls))) {
      if (control.closest('[aria-hidden=true], [inert]')) continue;
      const { left, top, width, height } = control.getBoundingClientRect();
      for (const share of [0.15, 0.5, 0.85]) {
        const [x, y] = [left + width * share, top + height / 2];
        if (isClipped(control, x, y)) continue;
        const hit = document.elementFromPoint(x, y)?.closest(controls);
        if (!hit || hit === control || hit.contains(control) || control.contains(hit)) continue;
        const isSticky = (element: Element | null): boolean =>
          element !== null &&
          (getComputedStyle(element).position === 'sticky' || isSticky(element.parentElement));
        if (isSticky(hit) && !isSticky(control)) continue;
        faults.push(`${nameOf(control)} lies under ${nameOf(hit)}`);
        break;
      }
    }
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push('the page scrolls sideways');
    return [...new Set(faults)];
  });
}
