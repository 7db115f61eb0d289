import type { Catalogue } from '../catalogue.ts';
export const simplifiedChinese = {} as Catalogue;
