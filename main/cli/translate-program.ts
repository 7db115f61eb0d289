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
    .description('make a project for a game and read its texts')
    .argument('<game>', 'the game’s folder; nothing in it is changed')
    .requiredOption('--to <language>', 'the language to translate into, as Japanese or ja')
    .option('--from <language>', 'the language of the game, where it is known')
    .option('--folder <folder>', 'where the project’s own files go')
    .option('--name <name>', 'how it is called')
    .option('-p, --provider <name>', 'a provider of the registry, or "stub"')
    .option('--model <id>', 'a model id')
    .option('--preset <id>', 'a preset of the module translate other than the active one')
    .option('--format <name>', 'read this format only; may be repeated', collect)
    .option('--language-folder <name>', 'how the game spells the language (Ren’Py: the folder below tl)')
    .option('--encoding <name>', 'of the game’s files, where detection is wrong')
    .option(...json)
    .addHelpText('after', examples('comfyvn-llm translate init ./MyGame --from English --to Japanese'))
    .action(async (game, flags) => (await commands()).translateInitCommand(host, game, flags));
  translate
    .command('import')
    .description('read the game again: what is new, what changed, what is gone')
    .argument(...folder)
    .option(...json)
    .action(async (project, flags) => (await commands()).translateImportCommand(host, project, flags));
  translate
    .command('plan')
    .description('a dry run: requests, tokens and price; nothing is sent')
    .argument(...folder)
    .option('--show <n>', 'show the first requests in full', integer(0, 10_000), 0)
    .option('--mock', 'of an offline run')
    .option(...json)
    .action(async (project, flags) => (await commands()).translatePlanCommand(host, project, flags));
  translate
    .command('hook')
    .description('lines of a running game, translated as they come up, for XUnity.AutoTranslator')
    .argument(...folder)
    .option('--max-usd <amount>', 'switch it on for this project; it never costs more', dollars)
    .option('--off', 'switch it off')
    .option(...json)
    .addHelpText('after', examples('comfyvn-llm translate hook ./MyGame-japanese --max-usd 1'))
    .action(async (project, flags) =>
      (await import('./commands/translate-hook.ts')).translateHookCommand(host, project, flags),
    );
  translate
    .command('status')
    .description('how far a project is; without a folder, all projects')
    .argument('[project]', 'the project’s folder')
    .option(...json)
    .action(async (project, flags) => (await commands()).translateStatusCommand(host, project, flags));
}

function addRun(translate: Command, host: CliHost, finish: Finish): void {
  const commands = () => import('./commands/translate-run.ts');
  const runs = (name: string, about: string) =>
    translate
      .command(name)
      .description(about)
      .argument(...folder)
      .option('--max-usd <amount>', 'stop before this run costs more', dollars)
      .option('-y, --yes', 'do not ask; needs --max-usd or limit_usd where it can cost money')
      .option('--mock', 'offline: every line comes back as ~text~')
      .option(...json);
  runs('run', 'translate what is new; goes on after a kill without paying twice')
    .option('--retry-unknown', 'send lines again that were on their way at a kill, and may have been paid')
    .addOption(
      new Option(
        '--delivery <way>',
        'batch: as batches of the provider, at its batch price and answered within a day; the same command reads what an earlier one left there',
      ).choices(['live', 'batch']),
    )
    .option(
      '--confirm-usd <amount>',
      'submit batches above a limit: exactly the sum that was refused',
      dollars,
    )
    .option(
      '--cancel-batch',
      'end what is at the provider: what is done by then is paid and read, nothing is sent',
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
  runs('retry', 'ask again for flagged lines; a new text stays only if it has fewer problems')
    .option('--problem <code>', 'those with this problem, as code or glossary')
    .action(async (project, flags) =>
      finish(await (await commands()).translateRetryCommand(host, project, flags)),
    );
}

function addReview(translate: Command, host: CliHost, finish: Finish): void {
  const commands = () => import('./commands/translate-review.ts');
  translate
    .command('review')
    .description('list lines; with --approve or --lock accept all that the filter names')
    .argument(...folder)
    .addOption(
      new Option('--state <state>', 'of these states; may be repeated')
        .choices(states)
        .argParser((text, before) => {
          if (!states.includes(text)) throw new InvalidArgumentError(`it is one of ${states.join(', ')}.`);
          return collect(text, before as unknown as string[] | undefined);
        }),
    )
    .option('--problem <code>', 'with this problem')
    .option('--file <path>', 'of this file')
    .option('--text <text>', 'with this in source, translation or speaker')
    .option('--stale', 'whose source changed')
    .option('--limit <n>', 'so many', integer(0, 1000), 20)
    .option('--approve', 'accept them: no run changes them any more')
    .option('--lock', 'accept them for good')
    .option('--id <unit>', 'one line')
    .option('--target <text>', 'its translation, with --id')
    .option(...json)
    .action(async (project, flags) => (await commands()).translateReviewCommand(host, project, flags));
  translate
    .command('export')
    .description('write the translated files, and say what was left out')
    .argument(...folder)
    .option('--to <folder>', 'where to; by default "output" in the project')
    .option('--in-game', 'into the game, where the format keeps translations beside the sources')
    .option('--include-flagged', 'also texts in which a check found an error')
    .option(...json)
    .action(async (project, flags) =>
      finish(await (await commands()).translateExportCommand(host, project, flags)),
    );
}

/** `comfyvn-llm translate …`: a whole game. */
export function addTranslate(program: Command, host: CliHost, finish: Finish): void {
  const translate = program
    .command('translate')
    .description('a whole game into another language: project, plan, run, review, export')
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
