import { sillyTavernImport, sillyTavernImported } from '../sillytavern.ts';
import { operation } from './define.ts';
import { importTouches } from './presets.ts';

export const sillyTavernOperations = {
  'sillytavern.import': operation('command', sillyTavernImport, sillyTavernImported, [
    ...importTouches,
    'emulation.status',
  ]),
};
