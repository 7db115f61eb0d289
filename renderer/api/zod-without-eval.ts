import { z } from 'zod';
import english from 'zod/v4/locales/en.js';
import { currentCatalogue } from '../i18n/current-language.ts';

const inEnglish = english().localeError;

/**
 * The page's policy forbids what zod would speed itself up with; even its trying would be a violation. What it has
 * against an input is shown in the language on screen.
 */
z.config({ jitless: true, localeError: (issue) => (currentCatalogue()?.zod ?? inEnglish)(issue) });
