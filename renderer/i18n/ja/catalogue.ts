import type { Catalogue } from '../catalogue.ts';
export const japanese = {} as Catalogue;
