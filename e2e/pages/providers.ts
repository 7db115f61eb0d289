import type { Locator } from 'playwright/test';
import { Frame } from './frame.ts';

/** The groups of the list; `Temporary` holds the adapters of this session. */
export type GroupName = 'Ready' | 'Needs key' | 'Unreachable' | 'Off' | 'Temporary' | 'Not checked';

interface NewAdapter {
  id: string;
  label?: string;
  provider: string;
  baseUrl: string;
}

/** The Providers view. */
export class Providers extends Frame {
  group(name: GroupName): Locator {
    return this.page.getByRole('navigation', { name: 'List' }).getByRole('region', { name, exact: true });
  }

  /** A provider or adapter in a group, by the start of its row's text. */
  row(group: GroupName, label: string): Locator {
    return this.group(group).getByRole('button', { name: label });
  }

  detail(label: string): Locator {
    return this.page.getByRole('article', { name: label, exact: true });
  }

  get form(): Locator {
    return this.page.getByRole('form', { name: 'Add a server' });
  }

  get pasteBox(): Locator {
    return this.form.getByRole('textbox', { name: /^Paste a cURL line/ });
  }

  /** The key's input. A password field has no role. */
  get keyInput(): Locator {
    return this.form.getByLabel('Key', { exact: true });
  }

  /** Opens a tab of a provider's page. */
  async openTab(label: string, tab: 'Connection' | 'Models' | 'Activity'): Promise<void> {
    await this.detail(label).getByRole('tab', { name: tab }).click();
  }

  table(name: string): Locator {
    return this.page.getByRole('grid', { name });
  }

  /** Starts one of the four ways to add a provider. */
  async add(
    way: 'Known service…' | 'Local server…' | 'Paste a cURL line or URL…' | 'Temporary…',
  ): Promise<void> {
    await this.page.getByRole('button', { name: 'Add provider' }).click();
    await this.page.getByRole('menuitem', { name: way }).click();
  }

  async openForm(): Promise<void> {
    await this.add('Temporary…');
  }

  async open(): Promise<void> {
    await this.goTo('Providers');
  }

  /** Fills in the form and submits it. */
  async register({ id, label = '', provider, baseUrl }: NewAdapter): Promise<void> {
    await this.openForm();
    await this.form.getByRole('textbox', { name: 'Id' }).fill(id);
    await this.form.getByRole('textbox', { name: 'Label' }).fill(label);
    await this.form.getByRole('combobox', { name: /^Provider/ }).click();
    await this.page.getByRole('option', { name: provider }).click();
    await this.form.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl);
    await this.form.getByRole('button', { name: 'Add for this session', exact: true }).click();
  }
}
