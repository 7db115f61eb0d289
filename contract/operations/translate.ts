import { z } from 'zod';
import {
  earlierText,
  exportReport,
  glossaryEntry,
  groupRequest,
  groupView,
  importReport,
  projectFacets,
  projectFile,
  projectLine,
  projectOptions,
  projectView,
  runView,
  translationPlan,
  unitState,
  unitView,
} from '../translation.ts';
import { operation } from './define.ts';

const project = z.string();
const which = { project };
const touched = [
  'translate.list',
  'translate.get',
  'translate.units',
  'translate.index',
  'translate.unit',
  'translate.facets',
  'translate.plan',
  'translate.groups',
  'translate.runs',
  'translate.request',
];
/**
 * Changing one line: counts over all lines are fetched again when a view shows them, and a plan when it is
 * opened.
 */
const touchedByOne = touched.filter((name) => name !== 'translate.facets' && name !== 'translate.request');
const limit = z.number().int().min(1).max(1000).default(100);
const maxUsd = z.number().nonnegative().optional();

/** Filters a list of units. */
const filter = {
  state: z
    .union([unitState, z.array(unitState)])
    .transform((state) => [state].flat())
    .optional(),
  file: z.string().optional(),
  /** The speaker's full name; an empty name means text without a speaker. */
  speaker: z.string().max(500).optional(),
  /** A problem's code, such as `code` or `glossary`. */
  problem: z.string().optional(),
  severity: z.enum(['error', 'warning']).optional(),
  stale: z.boolean().optional(),
  gone: z.boolean().optional(),
  /** Searches source, translation and speaker, ignoring case. */
  text: z.string().max(500).optional(),
};

const changes = z.strictObject(
  Object.fromEntries(
    Object.entries(projectOptions).map(([name, schema]) => [
      name,
      ('unwrap' in schema ? (schema as z.ZodDefault<z.ZodType>).unwrap() : schema).nullish(),
    ]),
  ),
);

export const translateOperations = {
  'translate.list': operation('query', z.strictObject({}), z.object({ projects: z.array(projectLine) })),
  /**
   * Creates a project's folder, with `project.json` and an empty `glossary.csv`. The game is given in one of
   * five ways.
   */
  'translate.create': operation(
    'command',
    z.strictObject({
      ...projectOptions,
      name: projectOptions.name.optional(),
      /** The game's folder. */
      game: z.string().min(1).optional(),
      /** A folder, or files in one folder: only those are read. */
      paths: z.array(z.string().min(1)).min(1).max(10_000).optional(),
      /** An earlier upload, which becomes the project's own copy. */
      upload: z.string().optional(),
      /** Text, one unit per line. */
      text: z.string().min(1).max(4_000_000).optional(),
      /** The sample game that comes with the product. */
      sample: z.boolean().optional(),
      /** The folder for the project's own files; by default one of the panel's. */
      folder: z.string().optional(),
    }),
    z.object({ project: projectView }),
    touched,
  ),
  /** Opens an existing project folder. */
  'translate.open': operation(
    'command',
    z.strictObject({ folder: z.string() }),
    z.object({ project: projectView }),
    touched,
  ),
  /**
   * Removes a project from the list: its units, runs and requests are deleted, its folder stays and can be
   * opened again. `delete_files` removes the folder too, if it is one of the panel's own.
   */
  'translate.remove': operation(
    'command',
    z.strictObject({ ...which, delete_files: z.boolean().optional() }),
    z.object({ folder: z.string(), deleted: z.boolean() }),
    touched,
  ),
  'translate.get': operation('query', z.strictObject(which), z.object({ project: projectView })),
  /** Changes `project.json`; `null` removes a setting. */
  'translate.configure': operation(
    'command',
    z.strictObject({ ...which, set: changes }),
    z.object({ settings: projectFile }),
    touched,
  ),
  'translate.import': operation('command', z.strictObject(which), importReport, touched),
  /** A dry run of a run. Nothing is sent and nothing is written. */
  'translate.plan': operation(
    'query',
    z.strictObject({
      ...which,
      show_groups: z.number().int().min(0).max(100_000).default(3),
      mock: z.boolean().optional(),
    }),
    translationPlan,
  ),
  'translate.run': operation(
    'command',
    z.strictObject({
      ...which,
      max_usd: maxUsd,
      /** Offline: every line is translated as `~text~`, a draft that a real run replaces. */
      mock: z.boolean().optional(),
      /** Sends lines again that may have been billed before. */
      retry_unknown: z.boolean().optional(),
      /**
       * `batch`: as batches of the provider, at its batch price (half, for most models), answered within a
       * day. Batches of an earlier run are read first.
       */
      delivery: z.enum(['live', 'batch']).optional(),
      /** Submits batches above a limit: the exact sum in USD from the refusal. */
      confirm_usd: maxUsd,
      /** Answers only when the run is over. */
      wait: z.boolean().optional(),
    }),
    z.object({ run: runView }),
    touched,
  ),
  /**
   * Sends flagged lines again and tells the model what was wrong; a new text is used only if it has fewer
   * problems.
   */
  'translate.retry': operation(
    'command',
    z.strictObject({
      ...which,
      ids: z.array(z.string()).max(10_000).optional(),
      problem: z.string().optional(),
      max_usd: maxUsd,
      mock: z.boolean().optional(),
      wait: z.boolean().optional(),
    }),
    z.object({ run: runView }),
    touched,
  ),
  /** Starts no further request; waits for those in progress. */
  'translate.pause': operation(
    'command',
    z.strictObject(which),
    z.object({ run: runView.nullable() }),
    touched,
  ),
  /**
   * Ends a run, and cancels batches of an earlier one at a provider; results finished by then are read and
   * billed.
   */
  'translate.cancel': operation(
    'command',
    z.strictObject({ ...which, give_up: z.boolean().optional() }),
    z.object({ run: runView.nullable() }),
    touched,
  ),
  'translate.runs': operation(
    'query',
    z.strictObject({ ...which, limit }),
    z.object({ runs: z.array(runView) }),
  ),
  'translate.groups': operation(
    'query',
    z.strictObject({ ...which, run: z.string().optional(), state: groupView.shape.state.optional(), limit }),
    z.object({ groups: z.array(groupView) }),
  ),
  'translate.units': operation(
    'query',
    z.strictObject({ ...which, ...filter, after: z.number().int().optional(), limit }),
    z.object({ units: z.array(unitView), next: z.number().nullable() }),
  ),
  /**
   * Positions of a filter's units: pairs of a first `ordinal` and the number of consecutive units. With it,
   * `translate.units` can begin at any of them.
   */
  'translate.index': operation(
    'query',
    z.strictObject({ ...which, ...filter }),
    z.object({ total: z.number(), ranges: z.array(z.number()) }),
  ),
  /** Counts of files, speakers and problems. */
  'translate.facets': operation('query', z.strictObject(which), projectFacets),
  /** One unit, its earlier translations, and its requests, latest first. */
  'translate.unit': operation(
    'query',
    z.strictObject({ ...which, id: z.string() }),
    z.object({
      unit: unitView,
      earlier: z.array(earlierText),
      groups: z.array(groupView.extend({ cost_per_unit: z.number() })),
    }),
  ),
  /** The exact request of a group that was sent, or of the group at a position in the plan. */
  'translate.request': operation(
    'query',
    z.strictObject({
      ...which,
      group: z.string().optional(),
      /** From 0. */
      position: z.number().int().nonnegative().optional(),
    }),
    groupRequest,
  ),
  /** The user's edit: the text, the state, or both. Without a state a new text counts as reviewed. */
  'translate.update': operation(
    'command',
    z.strictObject({
      ...which,
      id: z.string(),
      target: z.string().max(100_000).optional(),
      state: unitState.optional(),
    }),
    z.object({ unit: unitView }),
    touchedByOne,
  ),
  'translate.approve': operation(
    'command',
    z.strictObject({
      ...which,
      ids: z.array(z.string()).max(10_000).optional(),
      ...filter,
      to: z.enum(['reviewed', 'locked']).default('reviewed'),
    }),
    z.object({ approved: z.number() }),
    touched,
  ),
  /**
   * Search and replace in translations. Each is checked again; reviewed ones stay reviewed, locked ones stay
   * unchanged.
   */
  'translate.replace': operation(
    'command',
    z.strictObject({
      ...which,
      ...filter,
      find: z.string().min(1).max(500),
      replace: z.string().max(500),
      match_case: z.boolean().default(false),
      /** Counts the changes and shows the first; nothing is changed. */
      preview: z.boolean().default(false),
    }),
    z.object({
      units: z.number(),
      examples: z.array(z.object({ id: z.string(), before: z.string(), after: z.string() })),
    }),
    touched,
  ),
  /** Translations of other lines with this text, reviewed ones first. */
  'translate.suggestions': operation(
    'query',
    z.strictObject({ ...which, id: z.string() }),
    z.object({
      suggestions: z.array(
        z.object({
          target: z.string(),
          state: z.enum(['draft', 'reviewed']),
          speaker: z.string().nullable(),
          project: z.string().nullable(),
          project_name: z.string().nullable(),
        }),
      ),
    }),
  ),
  'translate.glossary': operation(
    'query',
    z.strictObject(which),
    z.object({ entries: z.array(glossaryEntry), file: z.string() }),
  ),
  'translate.saveGlossary': operation(
    'command',
    z.strictObject({ ...which, entries: z.array(glossaryEntry).max(50_000) }),
    z.object({ entries: z.array(glossaryEntry), file: z.string() }),
    ['translate.glossary', 'translate.plan', 'translate.request'],
  ),
  'translate.export': operation(
    'command',
    z.strictObject({
      ...which,
      /** A folder; by default `output` in the project's folder. */
      to: z.string().optional(),
      /** Writes into the game itself, if the format keeps translations beside the sources. */
      in_game: z.boolean().optional(),
      /** Includes texts in which a check found an error. */
      include_flagged: z.boolean().optional(),
    }),
    exportReport,
  ),
};
