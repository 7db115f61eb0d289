import { z } from 'zod';
import {
  emulationAnswer,
  emulationChatRequest,
  emulationStatus,
  persona,
  personaUpdate,
} from '../emulation.ts';
import { operation } from './define.ts';

const status = ['emulation.status'];

export const emulationOperations = {
  'emulation.status': operation('query', z.strictObject({}), emulationStatus),
  'emulation.toggle': operation('command', z.strictObject({ enabled: z.boolean() }), emulationStatus, [
    ...status,
    'features.get',
    'registry.get',
  ]),
  'emulation.persona': operation('command', personaUpdate, persona, status),
  'emulation.chat': operation('command', emulationChatRequest, emulationAnswer, status),
};
