import { basename, resolve } from 'node:path';
import type { ImportReport, ProjectView, TranslationPlan } from '../../../contract/translation.ts';
import type { CliHost } from '../host.ts';
import { printJson, printWarnings, usd } from '../print.ts';
import { printTable } from '../table.ts';
import { openProject, withCore } from '../translate/translate-core.ts';

export interface InitFlags {
  to: string;
  from?: string;
  folder?: string;
  name?: string;
  provider?: string;
  model?: string;
  preset?: string;
  format?: string[];
  languageFolder?: string;
  encoding?: string;
  json?: boolean;
}

const optional = <T>(name: string, value: T | undefined) => (value === undefined ? {} : { [name]: value });

function printImport(host: CliHost, report: ImportReport): void {
  const { files, units, repeats, changed, gone, remembered, left_out } = report;
  const parts = [
    `${files} files, ${units} texts, ${report.new} new`,
    ...(repeats ? [`${repeats} repeated`] : []),
    ...(changed ? [`${changed} changed`] : []),
    ...(gone ? [`${gone} removed`] : []),
    ...(remembered ? [`${remembered} already translated before`] : []),
  ];
  host.out.write(`${parts.join(', ')}\n`);
  const reasons = left_out.map(({ path, reason }) =>
    reason.startsWith(path) ? reason : `${path}: ${reason}`,
  );
  printWarnings(host, [
    ...reasons.slice(0, 20).map((reason) => `skipped: ${reason}`),
    ...report.warnings.slice(0, 20),
  ]);
}

/** `comfyvn-llm translate init GAME`: creates a project in its own folder, and imports the game. */
export async function translateInitCommand(host: CliHost, game: string, flags: InitFlags): Promise<void> {
  await withCore(host, async (core) => {
    const name = flags.name ?? basename(resolve(game));
    const word = flags.to.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const folder = resolve(flags.folder ?? `${name}-${word}`);
    const { project } = await core.ask('translate.create', {
      game: resolve(game),
      folder,
      name,
      target_language: flags.to,
      ...optional('source_language', flags.from),
      ...optional('provider', flags.provider),
      ...optional('model', flags.model),
      ...optional('preset', flags.preset),
      ...optional('formats', flags.format),
      ...optional('language_folder', flags.languageFolder),
      ...optional('encoding', flags.encoding),
    });
    const report = await core.ask('translate.import', { project: project.id });
    if (flags.json) return printJson(host, { ok: true, project: project.id, folder, import: report });
    printImport(host, report);
    host.out.write(`project ${project.id} in ${folder}: settings in project.json, terms in glossary.csv\n`);
  });
}

/** `comfyvn-llm translate import`: imports the game again. */
export async function translateImportCommand(
  host: CliHost,
  folder: string,
  flags: { json?: boolean },
): Promise<void> {
  await withCore(host, async (core) => {
    const { id } = await openProject(core, folder);
    const report = await core.ask('translate.import', { project: id });
    if (flags.json) printJson(host, { ok: true, ...report });
    else printImport(host, report);
  });
}

const timeText = (seconds: number) =>
  seconds < 90 ? `${Math.ceil(seconds)} seconds` : `${Math.ceil(seconds / 60)} minutes`;

/** What a run would send and cost, on one line. */
export function planText({
  groups,
  units,
  prompt_tokens,
  cost,
  batch_cost,
  repeats,
  seconds,
}: TranslationPlan): string {
  const price =
    cost === null
      ? 'price unknown'
      : cost.max === 0
        ? 'free'
        : `about ${usd(cost.expected)} (${usd(cost.min)} to ${cost.max === null ? 'no known limit' : usd(cost.max)})`;
  const batch = batch_cost ? `; about ${usd(batch_cost.expected)} as a provider batch` : '';
  const equal = repeats ? `, ${repeats} repeated lines get the same translation` : '';
  const time = seconds === null || groups === 0 ? '' : `; about ${timeText(seconds)}`;
  return `${units} lines${equal}; ${groups} requests, ${prompt_tokens} prompt tokens, ${price}${batch}${time}`;
}

/** `comfyvn-llm translate plan`: shows what a run would send, and sends nothing. */
export async function translatePlanCommand(
  host: CliHost,
  folder: string,
  flags: { json?: boolean; show: number; mock?: boolean },
): Promise<void> {
  await withCore(host, async (core) => {
    const { id } = await openProject(core, folder);
    const plan = await core.ask('translate.plan', {
      project: id,
      show_groups: flags.show,
      ...(flags.mock ? { mock: true } : {}),
    });
    if (flags.json) return printJson(host, { ok: true, ...plan });
    printWarnings(host, plan.warnings);
    host.out.write(`${plan.groups ? `${plan.provider}/${plan.model}: ` : ''}${planText(plan)}\n`);
    if (plan.held)
      host.out.write(
        `${plan.held} lines may have been paid before and are skipped (run --retry-unknown sends them)\n`,
      );
    if (plan.offered) host.out.write(`${plan.offered} lines have a translation in other projects\n`);
    for (const { lines, sha256, body, first } of plan.first_groups)
      host.out.write(`\n${first.file}, ${lines} lines, sha256 ${sha256}\n${JSON.stringify(body, null, 2)}\n`);
  });
}

type Run = NonNullable<ProjectView['run']>;

function cacheText({
  input_tokens: input,
  cached_tokens: cached,
  saved_usd: saved,
}: NonNullable<Run['cache']>) {
  const share = `${cached} of ${input} prompt tokens of the last run`;
  if (saved === null || saved === 0) return share;
  return `${share}, ${usd(Math.abs(saved))} ${saved > 0 ? 'saved' : 'more than without a cache'}`;
}

function processText({ machine, pid, groups, seen_ago_ms: ago }: Run['processes'][number]): string {
  const which = pid === null ? machine : `${machine}, process ${pid}`;
  return `${which}: ${groups} requests in progress, last seen ${Math.round(ago / 1000)} s ago`;
}

function waitText({ provider, limit, until }: NonNullable<Run['waits_for']>): string {
  const why = limit === null ? `${provider} asked for a pause` : `the limit of ${provider}, ${limit}`;
  return `${why}; until ${until}`;
}

function statusRows({ units, files, spent_usd, unknown_groups, run }: ProjectView): [string, string][] {
  const states = Object.entries(units.by_state).map(([state, n]): [string, string] => [state, String(n)]);
  return [
    ['files', String(files)],
    ['texts', String(units.total)],
    ...states,
    ['repeated', String(units.repeats)],
    ...(units.stale ? [['source changed', String(units.stale)] as [string, string]] : []),
    ...(units.gone ? [['removed', String(units.gone)] as [string, string]] : []),
    ...(units.with_errors ? [['with errors', String(units.with_errors)] as [string, string]] : []),
    ...(units.with_warnings ? [['with warnings', String(units.with_warnings)] as [string, string]] : []),
    ...(unknown_groups
      ? [['may have been paid', `${unknown_groups} requests, ${units.held} lines`] as [string, string]]
      : []),
    ['spent', usd(spent_usd)],
    ...(run?.cache ? [['from the cache', cacheText(run.cache)] as [string, string]] : []),
    ['last run', run ? `${run.state}${run.reason ? `: ${run.reason}` : ''}` : 'none'],
    ...(run?.processes ?? []).map((process): [string, string] => ['process', processText(process)]),
    ...(run?.waits_for ? [['waiting for', waitText(run.waits_for)] as [string, string]] : []),
  ];
}

/** `comfyvn-llm translate status`: shows one project, or lists all projects. */
export async function translateStatusCommand(
  host: CliHost,
  folder: string | undefined,
  flags: { json?: boolean },
): Promise<void> {
  await withCore(host, async (core) => {
    if (folder === undefined) {
      const { projects } = await core.ask('translate.list', {});
      if (flags.json) return printJson(host, { ok: true, projects });
      return printTable(
        host,
        [
          { title: 'project', of: ({ id }) => id },
          { title: 'language', of: ({ target_language }) => target_language },
          { title: 'folder', of: (row) => row.folder, shrinks: true },
        ],
        projects,
      );
    }
    const project = await openProject(core, folder);
    if (flags.json) return printJson(host, { ok: true, project });
    const rows = statusRows(project);
    printTable(
      host,
      [
        { title: project.name, of: ([label]) => label },
        { title: project.settings.target_language, of: ([, value]) => value, shrinks: true },
      ],
      rows,
    );
  });
}
