/** @param {import('playwright/test').Page} page */
export const goTo = (page, name) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name }).click();

/** @param {import('playwright/test').Page} page */
export const openTab = (page, name) => page.getByRole('tab', { name }).click();
