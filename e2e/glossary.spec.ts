import { expect, test } from './fixtures.ts';
import { Translate } from './pages/translate.ts';

test(
  'a glossary is pasted from a spreadsheet, and a term is added to it however long it is',
  { tag: '@page' },
  async ({ panel }) => {
    const translate = new Translate(panel);
    const { page } = panel;
    await translate.open();
    await translate.button('Paste text').click();
    await page.keyboard.type('The rain fell.');
    await translate.button('Use this text').click();
    await translate.tab(/^Glossary/).click();
    await translate.button('Add a term').click();
    const rows = Array.from({ length: 500 }, (_, n) => `term ${n}\tWort ${n}`);
    await page.evaluate(
      (text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', text);
        document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
      },
      ['Term\tTranslation', ...rows].join('\n'),
    );
    await translate.button('Add a term').click();
    await expect(translate.work.getByLabel('Term of a new term')).toBeFocused();
    await page.keyboard.type('Mira');
    const remove = translate.work.getByRole('button', { name: 'Remove Mira' });
    await expect(remove).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Control+S');
    const project = await translate.projectId();
    const terms = async () => {
      const answer = await panel.ask('translate.glossary', { project });
      return answer.ok ? answer.data.entries.map(({ term }) => term) : [];
    };
    await expect.poll(async () => (await terms()).length).toBe(501);
    expect(await terms()).toEqual(expect.arrayContaining(['Mira', 'term 199', 'term 499']));
  },
);
