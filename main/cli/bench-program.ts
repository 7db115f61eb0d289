import { Option, type Command } from 'commander';
import { ranking } from '../../contract/trials.ts';
import type { Finish } from './exit-codes.ts';
import { collect, dollars, examples, integer, json } from './flag-values.ts';
import type { CliHost } from './host.ts';

const money = (command: Command) =>
  command
    .option('--max-usd <amount>', 'stop before this is passed', dollars)
    .option('-y, --yes', 'do not ask; needs --max-usd where it can cost money')
    .option(...json);

const shown = (command: Command) =>
  command
    .argument('<trial>', 'its id, as bench list shows it')
    .addOption(new Option('--ranked-by <figure>', 'what decides the order').choices(ranking.options))
    .option('--voter <name>', 'whose votes count: person, or provider/model of a judge');

function addRuns(bench: Command, host: CliHost, finish: Finish): void {
  const commands = () => import('./commands/bench-run.ts');
  const concurrency = ['-c, --concurrency <n>', 'requests at a time', integer(1, 32), 4] as const;
  money(bench.command('run', { isDefault: true }))
    .description('compare presets on a set: the plan with its price first, then the trial')
    .argument('<set>', 'as bench sets shows it')
    .option(
      '--preset <id>',
      'a preset of the set’s module; may be repeated. Without any: all that can be asked',
      collect,
    )
    .option('--target <provider/model>', 'a model without a preset; may be repeated', collect)
    .option('--sample <n>', 'so many units, drawn by chance, the same for every preset', integer(1, 100_000))
    .option(...concurrency)
    .option('--mock', 'offline: the stub answers; nothing is measured')
    .option('--dry-run', 'the plan, and nothing sent')
    .action(async (set, flags) => finish(await (await commands()).benchRunCommand(host, set, flags)));
  money(bench.command('resume'))
    .description('go on with a trial that was stopped; what was answered is not sent again')
    .argument('<trial>')
    .option(...concurrency)
    .option('--retry-unknown', 'send requests again that may have been paid')
    .action(async (trial, flags) => finish(await (await commands()).benchResumeCommand(host, trial, flags)));
}

function addSets(bench: Command, host: CliHost): void {
  const commands = () => import('./commands/bench-sets.ts');
  bench
    .command('sets')
    .description('what presets can be compared on')
    .option(...json)
    .action(async (flags) => (await commands()).benchSetsCommand(host, flags));
  bench
    .command('import')
    .description('JSON lines as a set of your own: {"source", "target", "speaker", "glossary"} on each line')
    .argument('<file>')
    .option('--name <name>', 'how it is called; by default as the file')
    .option('--title <title>')
    .option('--from <language>', 'of the texts')
    .option('--to <language>', 'of the translations')
    .option('--licence <licence>', 'whether it may be passed on')
    .option('--skip-problems', 'leave lines out that cannot be used')
    .option(...json)
    .action(async (file, flags) => (await commands()).benchImportCommand(host, file, flags));
  bench
    .command('from-project')
    .description('the reviewed lines of a translation project as a set')
    .argument('[project]', 'the project’s folder', '.')
    .option('--name <name>', 'how it is called; by default as the project')
    .option('--title <title>')
    .option('--from-files', 'also the translations that the game itself came with')
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
    .description('all trials, the latest first')
    .option(...json)
    .action(async (flags) => (await commands()).benchListCommand(host, flags));
  shown(bench.command('show'))
    .description('a trial’s table of results')
    .option(...json)
    .action(async (trial, flags) => (await commands()).benchShowCommand(host, trial, flags));
  shown(bench.command('export'))
    .description('the table as Markdown or CSV')
    .addOption(new Option('--as <form>').choices(['markdown', 'csv']).default('markdown'))
    .option('--out <file>', 'a new file; by default the standard output')
    .action(async (trial, flags) => (await commands()).benchExportCommand(host, trial, flags));
  money(bench.command('vote'))
    .description('vote on pairs of replies without names: you at the terminal, or a model with --judge')
    .argument('<trial>')
    .option('--judge <provider/model>', 'a model votes; it sees each pair twice, with the sides swapped')
    .option('--per-pair <n>', 'units that each pair of presets is compared on', integer(1, 10_000), 20)
    .action(async (trial, flags) => finish(await (await commands()).benchVoteCommand(host, trial, flags)));
  bench
    .command('remove')
    .description('remove a trial with its replies and votes')
    .argument('<trial>')
    .option(...json)
    .action(async (trial, flags) => (await commands()).benchRemoveCommand(host, trial, flags));
}

/** `comfyvn-llm bench …`: presets compared on a set. */
export function addBench(program: Command, host: CliHost, finish: Finish): void {
  const bench = program
    .command('bench')
    .description('presets compared on a set: which model does this work best, at what price')
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
