import type { Locator } from 'playwright/test';
import { Frame } from './frame.ts';

export type ServerPage =
  | 'API and access'
  | 'Connect ComfyVN'
  | 'Local servers'
  | 'Live log'
  | 'Feature flags'
  | 'Spend and latency';

/** The Server view. */
export class Server extends Frame {
  get main(): Locator {
    return this.view('Server');
  }

  get list(): Locator {
    return this.page.getByRole('navigation', { name: 'List' });
  }

  get log(): Locator {
    return this.main.getByRole('grid', { name: 'Log lines, newest first' });
  }

  async open(page: ServerPage): Promise<void> {
    await this.goTo('Server');
    await this.list.getByRole('button', { name: page }).click();
  }

  button(name: string): Locator {
    return this.main.getByRole('button', { name, exact: true });
  }

  /** A line to copy, by its label. */
  code(label: string): Locator {
    return this.main.getByRole('group', { name: label, exact: true });
  }

  /** Opens an endpoint by its method and path. */
  async openEndpoint(title: string): Promise<void> {
    await this.goTo('Server');
    await this.list.getByTitle(new RegExp(`^${title.replace(/[/{}]/g, '\\$&')}: `)).click();
  }
}
