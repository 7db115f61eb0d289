import type { Page } from 'playwright/test';

export interface Control {
  /** Role, region and name: what tells it from the others. */
  key: string;
  name: string;
  disabled: boolean;
  /** Why it cannot be used, where it says so. */
  reason: string;
}

const marked = 'data-crawled';
/** What is chosen already: pressing it again does nothing. */
const chosen = '[aria-checked=true], [aria-selected=true], [aria-current=true], [aria-current=page]';
/** Long enough for a busy machine; a control that does something shows it within a few frames. */
const patienceMs = 3000;

/**
 * Marks the next control of the page that was not seen yet, and tells about it. Rows of long lists are alike: three
 * of each stand for the rest. Runs in the page.
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
 * Watches the page from now on; `window.crawled` resolves once anything of it changes, or its focus or address does. False
 * if the marked control was drawn anew and has no focus, or is chosen by now. Runs in the page.
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

/** Resolves once the page has stood still for a moment, or when it never does. Runs in the page. */
function settled(quietMs: number): Promise<void> {
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
 * Whether something has the focus once the page stands still, or soon after: what took the focus away may need a moment
 * to hand it on, as a button that was disabled while its command ran. Without it, Tab would begin at the window's top.
 */
export async function keepsFocus(page: Page): Promise<boolean> {
  await page.evaluate(settled, 100);
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
    patienceMs,
  );
  return has;
}

/** Presses the marked control by its key; tells whether anything came of it. */
async function press(page: Page, { key }: Control): Promise<boolean> {
  const box = page.locator(`[${marked}]`);
  // What was drawn anew in the meantime is met again under its name.
  if (!(await box.count())) return true;
  try {
    await box.focus({ timeout: 3000 });
  } catch (error) {
    if (await box.count()) throw error;
    return true;
  }
  // A tooltip that opens on focus is not what the control does.
  await page.evaluate(() => new Promise<void>((resolve) => void setTimeout(resolve, 50)));
  let note: (event: unknown) => void = () => {};
  const asked = new Promise<true>((resolve) => (note = () => resolve(true)));
  page.on('filechooser', note);
  page.on('download', note);
  const isThere = await page.evaluate(watchPage, [marked, patienceMs, chosen] as [string, number, string]);
  if (!isThere) return true;
  await page.keyboard.press(/^(\[?radio|switch|checkbox)/.test(key) ? 'Space' : 'Enter');
  const changed = page.evaluate(() => (window as unknown as { crawled: Promise<boolean> }).crawled);
  // One that only opened a file dialog is not waited for.
  changed.catch(() => {});
  const did = await Promise.race([changed, asked]);
  page.off('filechooser', note);
  page.off('download', note);
  return did;
}

export interface Crawl {
  pressed: string[];
  /** Those that did nothing, and those that are disabled without a word why. */
  dead: string[];
  /** Those after which nothing on the page had the focus. */
  unfocused: string[];
}

export interface CrawlOptions {
  /** Comes back to the view. */
  restore(): Promise<void>;
  /** Whether a control with this name may be pressed. */
  isHarmless(name: string): boolean;
  /** A selector of what does not belong to the view. */
  outside: string;
  /** Whether the focus is looked at after each press, which takes a moment. */
  checksFocus?: boolean;
}

/** Presses every harmless control of a view, and comes back to the view after each. */
export async function crawl(
  page: Page,
  { restore, isHarmless, outside, checksFocus = false }: CrawlOptions,
): Promise<Crawl> {
  const seen: string[] = [];
  const skipped = `${chosen}, :is(${outside}) *`;
  const found: Crawl = { pressed: [], dead: [], unfocused: [] };
  const next = () => page.evaluate(markNext, [seen, marked, skipped] as [string[], string, string]);
  for (;;) {
    await page.evaluate(settled, 100);
    // What comes from main may still be on its way, so the end is only believed after a longer look.
    const control = (await next()) ?? (await page.evaluate(settled, 800).then(next));
    if (!control) return found;
    seen.push(control.key);
    if (control.disabled) {
      if (control.reason === '') found.dead.push(`disabled without a reason: ${control.key}`);
    } else if (isHarmless(control.name)) {
      found.pressed.push(control.key);
      if (!(await press(page, control))) found.dead.push(`nothing happens: ${control.key}`);
      if (checksFocus && !(await keepsFocus(page))) found.unfocused.push(`after the press: ${control.key}`);
      await page.keyboard.press('Escape');
      if (checksFocus && !(await keepsFocus(page))) found.unfocused.push(`after Escape: ${control.key}`);
      await restore();
    }
  }
}
