import { join } from 'node:path';
import {
  glossaryEntry,
  type GroupRequest,
  type ImportReport,
  type ProjectView,
  type TranslationPlan,
} from '../../../contract/translation.ts';
import type { ParsedInput } from '../../../contract/operations/table.ts';
import type { ChatService } from '../chat/chat-service.ts';
import type { Database } from '../database/database.ts';
import type { Signals } from '../database/signals.ts';
import { AppError } from '../lib/app-error.ts';
import type { Log } from '../lib/log/log.ts';
import { Throttled } from '../lib/throttled.ts';
import type { Env } from '../lib/host/ports.ts';
import type { RequestContext } from '../lib/request-context.ts';
import type { ProviderBatches } from '../provider-batches/provider-batches.ts';
import type { PackStore } from '../prompt-packs/pack-store.ts';
import { BatchRuns } from './batches/batch-runs.ts';
import { ProjectBrowser } from './browse/project-browser.ts';
import { ComfyvnTranslation } from './comfyvn/comfyvn-service.ts';
import { MemoryEntries } from './comfyvn/memory-entries.ts';
import { TextTranslator } from './comfyvn/translate-texts.ts';
import { ExportService } from './export/export-service.ts';
import { GameImport } from './import/import-game.ts';
import { HookState } from './live/hook-state.ts';
import { LiveHook } from './live/live-hook.ts';
import { planProject } from './plan/plan-project.ts';
import { ScenePlanner } from './plan/scene-planner.ts';
import { allowedFolder } from './project/allowed-folder.ts';
import { gameSource } from './project/game-source.ts';
import { glossaryFile, isProjectFolder, readGlossary, writeGlossary } from './project/project-folder.ts';
import { checkRulesOf, planOrderOf, requireImport } from './project/project-order.ts';
import { lineOf, projectView } from './project/project-view.ts';
import { Projects, type Project } from './project/projects.ts';
import { Uploads } from './project/uploads.ts';
import { ReviewService } from './review/review-service.ts';
import { unitView } from './review/unit-view.ts';
import { RunOperations } from './run-operations.ts';
import type { RunService } from './run/run-service.ts';
import { RunSharing, runPartsOf } from './run/run-sharing.ts';
import { BrowseStore } from './store/browse-store.ts';
import { ImportStore } from './store/import-store.ts';
import { MemoryStore } from './store/memory-store.ts';
import { ProjectStore } from './store/project-store.ts';
import { RunStore } from './store/run-store.ts';
import { TranslationDatabase } from './store/translation-database.ts';
import { UnitStore } from './store/unit-store.ts';
import { memoryLanguage } from './units/memory-language.ts';

export interface TranslationParts {
  database: Database;
  signals: Signals;
  /** Whether this process works on runs of other processes. */
  helpsOthers(): boolean;
  chat: ChatService;
  batches: ProviderBatches;
  packs: PackStore;
  log: Log;
  env: Env;
  /** Contains projects without a folder of the user's choice. */
  runtimeRoot: string;
  /** The product's own folder, with `samples/`. */
  appRoot: string;
  now(): number;
  /** Called after writes of a run, at limited intervals. */
  onProgress(): void;
}

/** The shortest time between two progress notices. After each one, clients count all units again. */
const progressMs = 500;

const pageSize = 500;
const suggestionsShown = 10;

/** Implements the translation operations. */
export class TranslationService {
  readonly #parts: TranslationParts;
  readonly #projects: Projects;
  readonly #projectStore: ProjectStore;
  readonly #imports: ImportStore;
  readonly #units: UnitStore;
  readonly #runs: RunStore;
  readonly #memory: MemoryStore;
  readonly #planner: ScenePlanner;
  readonly #review: ReviewService;
  readonly #running: RunService;
  readonly #batchRuns: BatchRuns;
  readonly #progress: Throttled;
  readonly #browse: BrowseStore;
  readonly #browser: ProjectBrowser;
  /** Starts, ends and lists a project's runs. */
  readonly runs: RunOperations;
  /** Runs that several machines share. */
  readonly sharing: RunSharing;
  readonly exports: ExportService;
  /** Files of callers that cannot name a folder. */
  readonly uploads: Uploads;
  /** ComfyVN's own routes, with the same memory. */
  readonly comfyvn: ComfyvnTranslation;
  /** Lines of a running game. */
  readonly live: LiveHook;

  constructor(parts: TranslationParts) {
    const { chat, packs, log, now, runtimeRoot } = parts;
    const home = join(runtimeRoot, 'data', 'translation');
    this.#parts = parts;
    const database = new TranslationDatabase(parts.database);
    this.#projectStore = new ProjectStore(database);
    this.#imports = new ImportStore(database);
    this.#units = new UnitStore(database);
    this.#runs = new RunStore(database);
    this.#projects = new Projects(this.#projectStore, this.#runs, home, now);
    this.#memory = new MemoryStore(database);
    this.#review = new ReviewService(database, this.#units, now);
    this.#planner = new ScenePlanner({ chat, packs, units: this.#units });
    const entries = new MemoryEntries(database);
    this.live = new LiveHook({
      state: new HookState(runtimeRoot),
      projects: this.#projects,
      planner: this.#planner,
      chat,
      memory: this.#memory,
      entries,
      now,
    });
    this.comfyvn = new ComfyvnTranslation({
      entries,
      translator: new TextTranslator(chat, this.#planner),
      now,
      updateUnit: async (project, id, { target, reviewed }) => {
        const state = reviewed ? 'reviewed' : 'draft';
        await this.#review.update(await this.#reviewed(project), { id, target, state });
      },
    });
    const stores = { projects: this.#projects, store: this.#projectStore, units: this.#units };
    this.exports = new ExportService({ ...stores, env: parts.env });
    this.uploads = new Uploads(join(home, 'uploads'), now);
    this.#browse = new BrowseStore(database);
    const { units, runs, planner } = { units: this.#units, runs: this.#runs, planner: this.#planner };
    const { signals, batches } = parts;
    this.#progress = new Throttled(() => signals.send('progress'), progressMs);
    const [projects, projectStore] = [this.#projects, this.#projectStore];
    const onProgress = () => this.#progress.call();
    const stored = { database, chat, packs, runs, projects: projectStore, signals, log, now, onProgress };
    const runParts = runPartsOf(stored);
    this.#batchRuns = new BatchRuns({ ...runParts, batches }, database.patient());
    this.sharing = new RunSharing(runParts, this.#batchRuns, parts);
    const { running } = this.sharing;
    this.#running = running;
    this.runs = new RunOperations({ projects, projectStore, runs, running, batchRuns: this.#batchRuns });
    this.#browser = new ProjectBrowser({
      browse: this.#browse,
      units,
      planner,
      projects: this.#projectStore,
    });
  }

  async list() {
    const rows = await this.#projects.list();
    const projects = rows.map(lineOf);
    return { projects };
  }

  async create(input: ParsedInput<'translate.create'>, context: RequestContext) {
    const { game, paths, upload, text, sample, folder, ...options } = input;
    const { env, appRoot } = this.#parts;
    const allowed = (path: string) => allowedFolder(path, context.door, env);
    const location = folder === undefined ? undefined : allowed(folder);
    const { uploads } = this;
    const source = gameSource({ game, paths, upload, text, sample }, { uploads, appRoot, allowed });
    // A game folder that contains a project opens that project.
    if (source.game !== undefined && location === undefined && isProjectFolder(source.game))
      return { project: await this.#view(await this.#projects.open(source.game)) };
    // The caller's options take precedence over the source's defaults.
    const project = await this.#projects.create({ ...source, ...options, folder: location });
    return { project: await this.#view(project) };
  }

  async open({ folder }: ParsedInput<'translate.open'>, context: RequestContext) {
    const project = await this.#projects.open(allowedFolder(folder, context.door, this.#parts.env));
    return { project: await this.#view(project) };
  }

  async remove({ project, delete_files = false }: ParsedInput<'translate.remove'>) {
    await this.#running.refuseWhileRunning(project, 'removing it');
    await this.#batchRuns.refuseWhileOpen(project, 'removing it');
    return this.#projects.remove(project, delete_files);
  }

  async get({ project }: ParsedInput<'translate.get'>) {
    return { project: await this.#view(await this.#projects.getWithoutFiles(project)) };
  }

  async configure({ project, set }: ParsedInput<'translate.configure'>) {
    return { settings: await this.#projects.configure(project, set) };
  }

  async #view(project: Project): Promise<ProjectView> {
    const stores = { units: this.#units, projects: this.#projectStore, runs: this.#runs };
    const { id } = project.row;
    return projectView(stores, project, await this.#batchRuns.list(id), this.#running.waitOf(id));
  }

  /** Imports the game again. @throws AppError `file_unreadable`, `invalid_request` */
  async import({ project }: ParsedInput<'translate.import'>): Promise<ImportReport> {
    const { row, settings, game } = await this.#projects.get(project);
    await this.#running.refuseWhileRunning(project, 'importing');
    const generation = row.generation + 1;
    const { now } = this.#parts;
    // Incremented first, so that units of a killed import are older than those of the next one.
    await this.#projectStore.update(project, { generation });
    const parts = { project, game, settings, store: this.#imports, generation, now: now() };
    const report = await new GameImport(parts).run();
    await this.#projectStore.update(project, {
      imported_at: now(),
      name: settings.name,
      target_language: settings.target_language,
    });
    return report;
  }

  async plan(
    { project, show_groups, mock = false }: ParsedInput<'translate.plan'>,
    context: RequestContext,
  ): Promise<TranslationPlan> {
    const loaded = await this.#projects.get(project);
    requireImport(loaded);
    const pages = (after: number) => this.#units.pending(project, after, pageSize, mock);
    const order = planOrderOf(loaded, mock);
    const { batches, chat } = this.#parts;
    const options = { show: show_groups, batches, chat };
    const totals = await planProject(this.#planner, pages, order, context, options);
    const last = await this.#units.lastOrdinal(project);
    const [counts, spent_usd, offered, msPerLine] = await Promise.all([
      this.#units.counts(project),
      this.#runs.spent({ project }),
      this.#memory.offered(project, memoryLanguage(loaded.settings.target_language), last),
      this.#runs.msPerLine(totals),
    ]);
    const { repeats, held } = counts;
    const limit_usd = loaded.settings.limit_usd ?? null;
    const parallel = Math.min(loaded.settings.concurrency, Math.max(1, totals.groups));
    const perLine = totals.units === 0 ? 0 : msPerLine;
    const seconds = perLine === null ? null : (totals.units * perLine) / parallel / 1000;
    return { ...totals, repeats, held, offered, limit_usd, spent_usd, seconds };
  }

  /** @throws AppError `invalid_request` unless a group or a position in the plan is named; `not_found` */
  async request(
    { project, group, position }: ParsedInput<'translate.request'>,
    context: RequestContext,
  ): Promise<GroupRequest> {
    const loaded = await this.#projects.get(project);
    if (group !== undefined) return this.#browser.sentRequest(project, group, context);
    if (position === undefined) throw new AppError('invalid_request', 'name a "group" or a "position"');
    const pages = (after: number) => this.#units.pending(project, after, pageSize, false);
    return this.#browser.plannedRequest(pages, planOrderOf(loaded), position, context);
  }

  async index({ project, ...filter }: ParsedInput<'translate.index'>) {
    await this.#projects.getWithoutFiles(project);
    return this.#browser.index(project, filter);
  }

  async facets({ project }: ParsedInput<'translate.facets'>) {
    await this.#projects.getWithoutFiles(project);
    return this.#browser.facets(project);
  }

  unit({ project, id }: ParsedInput<'translate.unit'>) {
    return this.#browser.unit(project, id);
  }

  async replace(input: ParsedInput<'translate.replace'>) {
    const { project, find, replace, match_case: matchCase, preview, ...filter } = input;
    return this.#review.replace(await this.#reviewed(project), filter, { find, replace, matchCase, preview });
  }

  async units({ project, after = 0, limit, ...filter }: ParsedInput<'translate.units'>) {
    await this.#projects.getWithoutFiles(project);
    const rows = await this.#units.list(project, filter, after, limit);
    const next = rows.length === limit ? (rows.at(-1)?.ordinal ?? null) : null;
    return { units: rows.map(unitView), next };
  }

  async #reviewed(project: string) {
    const loaded = await this.#projects.get(project);
    return {
      project,
      language: memoryLanguage(loaded.settings.target_language),
      rulesOf: await checkRulesOf(loaded, this.#projectStore),
    };
  }

  async update({ project, ...change }: ParsedInput<'translate.update'>) {
    return { unit: await this.#review.update(await this.#reviewed(project), change) };
  }

  async approve({ project, to, ...filter }: ParsedInput<'translate.approve'>) {
    return { approved: await this.#review.approve(await this.#reviewed(project), filter, to) };
  }

  async suggestions({ project, id }: ParsedInput<'translate.suggestions'>) {
    const { settings } = await this.#projects.get(project);
    const [unit] = await this.#units.byIds(project, [id]);
    if (!unit) throw new AppError('not_found', `the project has no unit ${id}`, { unit: id });
    const suggestions = await this.#memory.suggestions(
      memoryLanguage(settings.target_language),
      unit,
      suggestionsShown,
    );
    return { suggestions };
  }

  async glossary({ project }: ParsedInput<'translate.glossary'>) {
    const { row } = await this.#projects.get(project);
    return { entries: readGlossary(row.folder), file: glossaryFile(row.folder) };
  }

  async saveGlossary({ project, entries }: ParsedInput<'translate.saveGlossary'>) {
    const { row } = await this.#projects.get(project);
    await writeGlossary(
      row.folder,
      entries.map((entry) => glossaryEntry.parse(entry)),
    );
    return this.glossary({ project });
  }

  /** Ends this process's work on runs, and pauses runs that no other process works on. */
  async close(): Promise<void> {
    await this.sharing.close();
    await this.#running.close();
    this.#progress.close();
  }
}
