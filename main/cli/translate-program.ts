import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Finish } from './exit-codes.ts';
import { collect, dollars, examples, integer, json } from './flag-values.ts';
import type { CliHost } from './host.ts';

const folder = ['[project]', 'the project’s folder', '.'] as const;
const states = ['new', 'draft', 'flagged', 'reviewed', 'locked'];

function addProject(translate: Command, host: CliHost): void {
  const commands = () => import('./commands/translate-project.ts');
  translate
    .command('init')
    .description('create a project for a game and read its texts')
    .argument('<game>', 'the game’s folder, which is not changed')
    .requiredOption('--to <language>', 'the target language, such as Japanese or ja')
    .option('--from <language>', 'the language of the game, if known')
    .option('--folder <folder>', 'the folder for the project’s own files')
    .option('--name <name>', 'the name of the project')
    .option('-p, --provider <name>', 'a provider of the registry, or "stub"')
    .option('--model <id>', 'a model id')
    .option('--preset <id>', 'another preset of the module translate than the active one')
    .option('--format <name>', 'read only this format; may be repeated', collect)
    .option('--language-folder <name>', 'the game’s name for the language (Ren’Py: the folder below tl)')
    .option('--encoding <name>', 'the encoding of the game’s files, if detection is wrong')
    .option(...json)
    .addHelpText('after', examples('comfyvn-llm translate init ./MyGame --from English --to Japanese'))
    .action(async (game, flags) => (await commands()).translateInitCommand(host, game, flags));
  translate
    .command('import')
    .description('read the game again, and show new, changed and removed texts')
    .argument(...folder)
    .option(...json)
    .action(async (project, flags) => (await commands()).translateImportCommand(host, project, flags));
  translate
    .command('plan')
    .description('a dry run: show requests, tokens and price, and send nothing')
    .argument(...folder)
    .option('--show <n>', 'show the first requests in full', integer(0, 10_000), 0)
    .option('--mock', 'plan an offline run')
    .option(...json)
    .action(async (project, flags) => (await commands()).translatePlanCommand(host, project, flags));
  translate
    .command('hook')
    .description('translate the lines of a running game as they appear, for XUnity.AutoTranslator')
    .argument(...folder)
    .option('--max-usd <amount>', 'turn it on for this project, up to this cost', dollars)
    .option('--off', 'turn it off')
    .option(...json)
    .addHelpText('after', examples('comfyvn-llm translate hook ./MyGame-japanese --max-usd 1'))
    .action(async (project, flags) =>
      (await import('./commands/translate-hook.ts')).translateHookCommand(host, project, flags),
    );
  translate
    .command('status')
    .description('show the progress of a project; without a folder, list all projects')
    .argument('[project]', 'the project’s folder')
    .option(...json)
    .action(async (project, flags) => (await commands()).translateStatusCommand(host, project, flags));
}

function addRun(translate: Command, host: CliHost, finish: Finish): void {
  const commands = () => import('./commands/translate-run.ts');
  const runCommand = (name: string, description: string) =>
    translate
      .command(name)
      .description(description)
      .argument(...folder)
      .option('--max-usd <amount>', 'stop before this run costs more', dollars)
      .option(
        '-y, --yes',
        'do not ask for confirmation; requires --max-usd or limit_usd if it can cost money',
      )
      .option('--mock', 'offline: every line is translated to ~text~')
      .option(...json);
  runCommand('run', 'translate new lines; after a kill, it continues without paying twice')
    .option('--retry-unknown', 'also send lines again that were in progress at a kill and may have been paid')
    .addOption(
      new Option(
        '--delivery <way>',
        'batch: send as provider batches, at the batch price and answered within a day; the same command later reads the results',
      ).choices(['live', 'batch']),
    )
    .option(
      '--confirm-usd <amount>',
      'submit batches above a limit; must be exactly the amount that was refused',
      dollars,
    )
    .option(
      '--cancel-batch',
      'cancel the batches at the provider; finished requests are paid and read, and nothing is sent',
    )
    .addHelpText(
      'after',
      examples(
        'comfyvn-llm translate run ./MyGame-japanese --yes --max-usd 2',
        'comfyvn-llm translate run ./MyGame-japanese --yes --max-usd 2 --delivery batch',
      ),
    )
    .action(async (project, flags) =>
      finish(await (await commands()).translateRunCommand(host, project, flags)),
    );
  runCommand('retry', 'send flagged lines again; a new translation is used only if it has fewer problems')
    .option('--problem <code>', 'only lines with this problem, such as code or glossary')
    .action(async (project, flags) =>
      finish(await (await commands()).translateRetryCommand(host, project, flags)),
    );
}

function addReview(translate: Command, host: CliHost, finish: Finish): void {
  const commands = () => import('./commands/translate-review.ts');
  translate
    .command('review')
    .description('list lines; with --approve or --lock, accept all lines that match the filter')
    .argument(...folder)
    .addOption(
      new Option('--state <state>', 'only lines in this state; may be repeated')
        .choices(states)
        .argParser((text, before) => {
          if (!states.includes(text)) throw new InvalidArgumentError(`Use one of ${states.join(', ')}.`);
          return collect(text, before as unknown as string[] | undefined);
        }),
    )
    .option('--problem <code>', 'only lines with this problem')
    .option('--file <path>', 'only lines of this file')
    .option('--text <text>', 'only lines with this text in source, translation or speaker')
    .option('--stale', 'only lines whose source changed')
    .option('--limit <n>', 'how many lines to list', integer(0, 1000), 20)
    .option('--approve', 'accept the lines: runs no longer change them')
    .option('--lock', 'accept the lines and lock them')
    .option('--id <unit>', 'the id of one line')
    .option('--target <text>', 'the translation of the line, with --id')
    .option(...json)
    .action(async (project, flags) => (await commands()).translateReviewCommand(host, project, flags));
  translate
    .command('export')
    .description('write the translated files, and report which texts were skipped')
    .argument(...folder)
    .option('--to <folder>', 'the target folder; default: "output" in the project')
    .option('--in-game', 'write into the game, if the format stores translations beside the sources')
    .option('--include-flagged', 'also write texts in which a check found an error')
    .option(...json)
    .action(async (project, flags) =>
      finish(await (await commands()).translateExportCommand(host, project, flags)),
    );
}

/** `comfyvn-llm translate …`: translates a whole game. */
export function addTranslate(program: Command, host: CliHost, finish: Finish): void {
  const translate = program
    .command('translate')
    .description('translate a whole game: project, plan, run, review, export')
    .addHelpText(
      'after',
      examples(
        'comfyvn-llm translate init ./MyGame --from English --to Japanese',
        'comfyvn-llm translate plan ./MyGame-japanese',
        'comfyvn-llm translate run ./MyGame-japanese --yes --max-usd 2',
        'comfyvn-llm translate export ./MyGame-japanese',
      ),
    );
  addProject(translate, host);
  addRun(translate, host, finish);
  addReview(translate, host, finish);
}
