import { resolve } from 'node:path';
import type { OperationInput } from '../../../contract/operations/table.ts';
import type { UnitStateName } from '../../../contract/translation.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { CliHost } from '../host.ts';
import { printJson, printJsonLine } from '../print.ts';
import { plain, styleFor } from '../style.ts';
import { openProject, withCore } from '../translate/translate-core.ts';

export interface ReviewFlags {
  state?: UnitStateName[];
  problem?: string;
  file?: string;
  text?: string;
  stale?: boolean;
  limit: number;
  approve?: boolean;
  lock?: boolean;
  id?: string;
  target?: string;
  json?: boolean;
}

type Filter = Omit<OperationInput<'translate.units'>, 'project' | 'limit' | 'after'>;

function filterOf({ state, problem, file, text, stale }: ReviewFlags): Filter {
  return {
    ...(state ? { state } : {}),
    ...(problem === undefined ? {} : { problem }),
    ...(file === undefined ? {} : { file }),
    ...(text === undefined ? {} : { text }),
    ...(stale ? { stale } : {}),
  };
}

/**
 * `comfyvn-llm translate review`: lists lines, approves those that match a filter, or sets one line's text.
 */
export async function translateReviewCommand(
  host: CliHost,
  folder: string,
  flags: ReviewFlags,
): Promise<void> {
  await withCore(host, async (core) => {
    const { id: project } = await openProject(core, folder);
    if (flags.id !== undefined && (flags.target !== undefined || flags.approve || flags.lock)) {
      const state = flags.lock ? 'locked' : 'reviewed';
      const target = flags.target === undefined ? {} : { target: flags.target };
      const { unit } = await core.ask('translate.update', { project, id: flags.id, state, ...target });
      return printJson(host, { ok: true, unit });
    }
    const filter = filterOf(flags);
    if (flags.approve || flags.lock) {
      const to = flags.lock ? 'locked' : 'reviewed';
      const { approved } = await core.ask('translate.approve', { project, ...filter, to });
      if (flags.json) return printJson(host, { ok: true, approved });
      host.out.write(`${approved} lines are now ${to}\n`);
      return;
    }
    const style = styleFor(host.out, host.env);
    const { units, next } = await core.ask('translate.units', { project, ...filter, limit: flags.limit });
    for (const unit of units) {
      if (flags.json) {
        printJsonLine(host, unit);
        continue;
      }
      const { id, state, file, speaker, source, target, problems } = unit;
      host.out.write(`${style('dim', `${id} ${state} ${file}`)}${speaker ? ` ${plain(speaker)}` : ''}\n`);
      host.out.write(`  ${plain(source)}\n${target === null ? '' : `  ${style('bold', plain(target))}\n`}`);
      for (const { severity, message } of problems)
        host.out.write(`  ${style(severity === 'error' ? 'red' : 'yellow', plain(message))}\n`);
    }
    if (next !== null) host.err.write(`there are more lines: --limit shows up to 1000\n`);
  });
}

export interface ExportFlags {
  to?: string;
  inGame?: boolean;
  includeFlagged?: boolean;
  json?: boolean;
}

/** `comfyvn-llm translate export`: writes the translated files, and reports which texts were skipped. */
export function translateExportCommand(host: CliHost, folder: string, flags: ExportFlags): Promise<ExitCode> {
  return withCore(host, async (core) => {
    const { id: project } = await openProject(core, folder);
    const report = await core.ask('translate.export', {
      project,
      ...(flags.to === undefined ? {} : { to: resolve(flags.to) }),
      ...(flags.inGame ? { in_game: true } : {}),
      ...(flags.includeFlagged ? { include_flagged: true } : {}),
    });
    const { files, written_units, left_out, problems } = report;
    if (flags.json) printJson(host, { ok: true, ...report });
    else {
      const skipped = Object.entries(left_out).flatMap(([why, n]) =>
        n ? [`${n} ${why.replace('_', ' ')}`] : [],
      );
      host.out.write(`${files.length} files with ${written_units} translations in ${report.folder}\n`);
      if (skipped.length) host.out.write(`skipped: ${skipped.join(', ')}\n`);
      for (const { path, key, message } of problems.slice(0, 50))
        host.err.write(`${path} ${plain(key)}: ${message}\n`);
    }
    return problems.length ? exitCodes.incomplete : exitCodes.ok;
  });
}
