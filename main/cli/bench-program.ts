import { Option, type Command } from 'commander';
import { ranking } from '../../contract/trials.ts';
import type { Finish } from './exit-codes.ts';
import { collect, dollars, examples, integer, json } from './flag-values.ts';
import type { CliHost } from './host.ts';

const withSpendingOptions = (command: Command) =>
  command
    .option('--max-usd <amount>', 'stop before the trial costs more', dollars)
    .option('-y, --yes', 'do not ask for confirmation; requires --max-usd if it can cost money')
    .option(...json);

const withResultOptions = (command: Command) =>
  command
    .argument('<trial>', 'the id of a trial; bench list shows them')
    .addOption(
      new Option('--ranked-by <figure>', 'the figure that decides the order').choices(ranking.options),
    )
    .option('--voter <name>', 'whose votes to use: person, or provider/model of a judge');

function addRuns(bench: Command, host: CliHost, finish: Finish): void {
  const commands = () => import('./commands/bench-run.ts');
  const concurrency = [
    '-c, --concurrency <n>',
    'how many requests to send at a time',
    integer(1, 32),
    4,
  ] as const;
  withSpendingOptions(bench.command('run', { isDefault: true }))
    .description('compare presets on a set; shows the plan with its price first')
    .argument('<set>', 'the name of a set; bench sets shows them')
    .option(
      '--preset <id>',
      'a preset of the set’s module; may be repeated. Default: all that are available',
      collect,
    )
    .option('--target <provider/model>', 'a model without a preset; may be repeated', collect)
    .option('--sample <n>', 'compare on N random units, the same for every preset', integer(1, 100_000))
    .option(...concurrency)
    .option('--mock', 'offline: the stub answers, and no model is measured')
    .option('--dry-run', 'show the plan and send nothing')
    .action(async (set, flags) => finish(await (await commands()).benchRunCommand(host, set, flags)));
  withSpendingOptions(bench.command('resume'))
    .description('continue a stopped trial; answered requests are not sent again')
    .argument('<trial>')
    .option(...concurrency)
    .option('--retry-unknown', 'also send requests again that may have been paid')
    .action(async (trial, flags) => finish(await (await commands()).benchResumeCommand(host, trial, flags)));
}

function addSets(bench: Command, host: CliHost): void {
  const commands = () => import('./commands/bench-sets.ts');
  bench
    .command('sets')
    .description('list the sets that presets can be compared on')
    .option(...json)
    .action(async (flags) => (await commands()).benchSetsCommand(host, flags));
  bench
    .command('import')
    .description(
      'import JSON lines as your own set: {"source", "target", "speaker", "glossary"} on each line',
    )
    .argument('<file>')
    .option('--name <name>', 'the name of the set; default: the file name')
    .option('--title <title>')
    .option('--from <language>', 'the language of the texts')
    .option('--to <language>', 'the language of the translations')
    .option('--licence <licence>', 'the licence of the texts')
    .option('--skip-problems', 'skip lines that cannot be used')
    .option(...json)
    .action(async (file, flags) => (await commands()).benchImportCommand(host, file, flags));
  bench
    .command('from-project')
    .description('make a set from the reviewed lines of a translation project')
    .argument('[project]', 'the project’s folder', '.')
    .option('--name <name>', 'the name of the set; default: the name of the project')
    .option('--title <title>')
    .option('--from-files', 'also use the translations that the game already had')
    .option(...json)
    .action(async (folder, flags) => (await commands()).benchFromProjectCommand(host, folder, flags));
  bench
    .command('remove-set')
    .description('remove a set of your own')
    .argument('<name>')
    .option(...json)
    .action(async (name, flags) => (await commands()).benchRemoveSetCommand(host, name, flags));
}

function addResults(bench: Command, host: CliHost, finish: Finish): void {
  const commands = () => import('./commands/bench-results.ts');
  bench
    .command('list')
    .description('list all trials, newest first')
    .option(...json)
    .action(async (flags) => (await commands()).benchListCommand(host, flags));
  withResultOptions(bench.command('show'))
    .description('show the results of a trial')
    .option(...json)
    .action(async (trial, flags) => (await commands()).benchShowCommand(host, trial, flags));
  withResultOptions(bench.command('export'))
    .description('export the results as Markdown or CSV')
    .addOption(new Option('--as <form>').choices(['markdown', 'csv']).default('markdown'))
    .option('--out <file>', 'a new file; default: standard output')
    .action(async (trial, flags) => (await commands()).benchExportCommand(host, trial, flags));
  withSpendingOptions(bench.command('vote'))
    .description('vote on anonymous pairs of replies, at the terminal or with a model (--judge)')
    .argument('<trial>')
    .option('--judge <provider/model>', 'let a model vote; it sees each pair twice, with the sides swapped')
    .option('--per-pair <n>', 'how many units to compare for each pair of presets', integer(1, 10_000), 20)
    .action(async (trial, flags) => finish(await (await commands()).benchVoteCommand(host, trial, flags)));
  bench
    .command('remove')
    .description('remove a trial with its replies and votes')
    .argument('<trial>')
    .option(...json)
    .action(async (trial, flags) => (await commands()).benchRemoveCommand(host, trial, flags));
}

/** `comfyvn-llm bench …`: compares presets on a set. */
export function addBench(program: Command, host: CliHost, finish: Finish): void {
  const bench = program
    .command('bench')
    .description('compare presets on a set: which model is best for this work, and at what price')
    .addHelpText(
      'after',
      examples(
        'comfyvn-llm bench sets',
        'comfyvn-llm bench translate-ja-en --sample 30 --dry-run',
        'comfyvn-llm bench translate-ja-en --preset translate-02-openai-gpt-4o-mini --yes --max-usd 1',
        'comfyvn-llm bench vote TRIAL',
      ),
    );
  addRuns(bench, host, finish);
  addSets(bench, host);
  addResults(bench, host, finish);
}
