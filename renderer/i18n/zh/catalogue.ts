import zodTexts from 'zod/v4/locales/zh-CN.js';
import type { Catalogue } from '../catalogue.ts';
import { bench } from './bench.ts';
import { call } from './call.ts';
import { codedTexts } from './coded-texts.ts';
import { connections } from './connections.ts';
import { editor } from './editor.ts';
import { endpoints } from './endpoints.ts';
import { errors } from './errors.ts';
import { format } from './format.ts';
import { frame } from './frame.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { importTexts } from './import.ts';
import { key } from './key.ts';
import { limits } from './limits.ts';
import { localServers } from './local-servers.ts';
import { modules } from './modules.ts';
import { promptPacks } from './prompt-packs.ts';
import { providers } from './providers.ts';
import { reasons } from './reasons.ts';
import { server } from './server.ts';
import { settings } from './settings.ts';
import { table } from './table.ts';
import { translation } from './translation.ts';
import { translationReview } from './translation-review.ts';
import { trials } from './trials.ts';
import { userFiles } from './user-files.ts';
import { warnings } from './warnings.ts';

/** The panel in Simplified Chinese. */
export const simplifiedChinese: Catalogue = {
  bench,
  call,
  codedTexts,
  connections,
  editor,
  endpoints,
  errors,
  format,
  frame,
  help,
  history,
  import: importTexts,
  key,
  limits,
  localServers,
  modules,
  promptPacks,
  providers,
  reasons,
  server,
  settings,
  table,
  translation,
  translationReview,
  trials,
  userFiles,
  warnings,
  zod: zodTexts().localeError,
};
