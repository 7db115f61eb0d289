import { csvCase, tsvCase } from './cases/csv-case.ts';
import { jsonListCase } from './cases/json-list-case.ts';
import { jsonMapCase } from './cases/json-map-case.ts';
import { kagCase } from './cases/kag-case.ts';
import { poCase } from './cases/po-case.ts';
import { databaseCase, mapCase, systemCase } from './cases/rpgmaker-case.ts';
import { assCase, srtCase } from './cases/subtitles-case.ts';
import { textCase } from './cases/text-case.ts';
import { xunityCase } from './cases/xunity-case.ts';
import type { FormatCase } from './format-case.ts';

/** At least one for every format except Ren'Py; the contract suite fails for a format without one. */
export const formatCases: readonly FormatCase[] = [
  mapCase,
  databaseCase,
  systemCase,
  kagCase,
  poCase,
  xunityCase,
  jsonListCase,
  jsonMapCase,
  csvCase,
  tsvCase,
  srtCase,
  assCase,
  textCase,
];
