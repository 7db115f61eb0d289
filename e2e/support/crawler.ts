import type { Page } from 'playwright/test';

export interface Control {
  /** Role, region and name, which together identify it. */
  key: string;
  name: string;
  disabled: boolean;
  /** Why it is disabled, if it says so. */
  reason: string;
}

const marked = 'data-crawled';
/** Controls that are already chosen: pressing them again does nothing. */
const chosen = '[aria-checked=true], [aria-selected=true], [aria-current=true], [aria-current=page]';
/** Long enough for a busy machine; a control with an effect shows it within a few frames. */
const timeoutMs = 3000;

/**
 * Marks and returns the next control of the page that has not been seen yet. Rows of a list are alike, so
 * only three per list are visited. Runs in the page.
 */
function markNext([seen, mark, skipped]: [string[], string, string]): Control | null {
  const controls =
    'button, [role=button], [role=tab], [role=switch], [role=checkbox], [role=radio], [role=combobox]:not(input), summary, a[href]';
  const known = new Set(seen);
  const rows = new Map<string, number>();
  for (const old of document.querySelectorAll(`[${mark}]`)) old.removeAttribute(mark);
  for (const element of document.querySelectorAll<HTMLElement>(controls)) {
    const shown = element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]');
    if (!shown || element.closest('[aria-hidden=true]') || element.matches(skipped)) continue;
    const role = element.getAttribute('role') ?? element.localName;
    const name = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 80);
    const region = element.closest('section, aside, nav, form, header, footer, [role=group]');
    const regionName = region?.getAttribute('aria-label') ?? region?.localName ?? '';
    const isRow = element.hasAttribute('data-row') || element.closest('[role=row], li, tr') !== null;
    const key = `${role} | ${regionName} | ${name}`;
    if (isRow) {
      const count = (rows.get(regionName) ?? 0) + 1;
      rows.set(regionName, count);
      if (count > 3) continue;
    }
    if (known.has(key)) continue;
    element.setAttribute(mark, '');
    const disabled = element.matches(':disabled, [aria-disabled=true], [data-disabled]');
    const described = element.getAttribute('aria-describedby');
    const description = described ? document.getElementById(described)?.textContent : '';
    const reason = element.title || element.getAttribute('aria-description') || description || '';
    return { key, name, disabled, reason };
  }
  return null;
}

/**
 * Watches the page from now on; `window.crawled` resolves when its content, focus or address changes. Returns
 * false if the marked control was rendered anew and has no focus, or is chosen by now. Runs in the page.
 */
function watchPage([mark, patience, taken]: [string, number, string]): boolean {
  const element = document.querySelector<HTMLElement>(`[${mark}]`);
  const before = { hash: location.hash, focus: document.activeElement };
  const changed = new Promise<boolean>((resolve) => {
    const observer = new MutationObserver((records) => {
      if (records.some(({ attributeName }) => attributeName !== mark)) done(true);
    });
    const timer = setTimeout(
      () => done(location.hash !== before.hash || document.activeElement !== before.focus),
      patience,
    );
    const moved = () => {
      if (document.activeElement !== before.focus) done(true);
    };
    const gone = () => done(true);
    const done = (did: boolean) => {
      clearTimeout(timer);
      observer.disconnect();
      removeEventListener('hashchange', gone);
      removeEventListener('focusin', moved);
      resolve(did);
    };
    observer.observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
    addEventListener('hashchange', gone);
    addEventListener('focusin', moved);
  });
  Object.assign(window, { crawled: changed });
  element?.focus();
  return element !== null && document.activeElement === element && !element.matches(taken);
}

/** Resolves when the page has not changed for `quietMs`, or after two seconds. Runs in the page. */
function untilStable(quietMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      observer.disconnect();
      resolve();
    };
    let quiet = setTimeout(end, quietMs);
    setTimeout(end, 2000);
    const observer = new MutationObserver(() => {
      clearTimeout(quiet);
      quiet = setTimeout(end, quietMs);
    });
    observer.observe(document, { childList: true, subtree: true, attributes: true });
  });
}

/**
 * Whether an element has the focus once the page is stable, or soon after: a button that was disabled during
 * its own command passes the focus on later. Without focus, Tab would start at the top of the window.
 */
export async function keepsFocus(page: Page): Promise<boolean> {
  await page.evaluate(untilStable, 100);
  const has = await page.evaluate(
    (patience) =>
      new Promise<boolean>((resolve) => {
        const until = performance.now() + patience;
        const look = () => {
          const { activeElement: element } = document;
          if (element !== null && element !== document.body) resolve(true);
          else if (performance.now() > until) resolve(false);
          else requestAnimationFrame(look);
        };
        look();
      }),
    timeoutMs,
  );
  return has;
}

/** Presses the marked control by its key; returns whether anything changed. */
async function press(page: Page, { key }: Control): Promise<boolean> {
  const box = page.locator(`[${marked}]`);
  // A control that was rendered anew in the meantime is visited again under its name.
  if (!(await box.count())) return true;
  try {
    await box.focus({ timeout: 3000 });
  } catch (error) {
    if (await box.count()) throw error;
    return true;
  }
  // A tooltip that opens on focus is not an effect of the control.
  await page.evaluate(() => new Promise<void>((resolve) => void setTimeout(resolve, 50)));
  let note: (event: unknown) => void = () => {};
  const asked = new Promise<true>((resolve) => (note = () => resolve(true)));
  page.on('filechooser', note);
  page.on('download', note);
  const isThere = await page.evaluate(watchPage, [marked, timeoutMs, chosen] as [string, number, string]);
  if (!isThere) return true;
  await page.keyboard.press(/^(\[?radio|switch|checkbox)/.test(key) ? 'Space' : 'Enter');
  const changed = page.evaluate(() => (window as unknown as { crawled: Promise<boolean> }).crawled);
  // A control that only opened a file dialog changes nothing on the page.
  changed.catch(() => {});
  const did = await Promise.race([changed, asked]);
  page.off('filechooser', note);
  page.off('download', note);
  return did;
}

export interface Crawl {
  pressed: string[];
  /** Controls without an effect, and those that are disabled without a reason. */
  faulty: string[];
  /** Controls after which nothing on the page had the focus. */
  unfocused: string[];
}

export interface CrawlOptions {
  /** Goes back to the view. */
  restore(): Promise<void>;
  /** Whether a control with this name may be pressed. */
  isHarmless(name: string): boolean;
  /** A selector for elements that do not belong to the view. */
  outside: string;
  /** Whether the focus is checked after each press, which takes time. */
  checksFocus?: boolean;
}

/** Presses every harmless control of a view, and goes back to the view after each. */
export async function crawl(
  page: Page,
  { restore, isHarmless, outside, checksFocus = false }: CrawlOptions,
): Promise<Crawl> {
  const seen: string[] = [];
  const skipped = `${chosen}, :is(${outside}) *`;
  const report: Crawl = { pressed: [], faulty: [], unfocused: [] };
  const next = () => page.evaluate(markNext, [seen, marked, skipped] as [string[], string, string]);
  for (;;) {
    await page.evaluate(untilStable, 100);
    // Content from main may still be on its way, so the end is confirmed by a second, longer wait.
    const control = (await next()) ?? (await page.evaluate(untilStable, 800).then(next));
    if (!control) return report;
    seen.push(control.key);
    if (control.disabled) {
      if (control.reason === '') report.faulty.push(`disabled without a reason: ${control.key}`);
    } else if (isHarmless(control.name)) {
      report.pressed.push(control.key);
      if (!(await press(page, control))) report.faulty.push(`nothing happens: ${control.key}`);
      if (checksFocus && !(await keepsFocus(page))) report.unfocused.push(`after the press: ${control.key}`);
      await page.keyboard.press('Escape');
      if (checksFocus && !(await keepsFocus(page))) report.unfocused.push(`after Escape: ${control.key}`);
      await restore();
    }
  }
}
