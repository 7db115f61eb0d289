import { z } from 'zod';
import { panelSettings, settingsUpdate } from '../settings.ts';
import { operation } from './define.ts';

export const settingsOperations = {
  'settings.get': operation('query', z.strictObject({}), panelSettings),
  'settings.update': operation('command', settingsUpdate, panelSettings, [
    'settings.get',
    'budget.get',
    'providers.limits',
  ]),
};
