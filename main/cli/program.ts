import { Command, CommanderError, Option } from 'commander';
import { addBench } from './bench-program.ts';
import { jsonPair, withChatFlags } from './chat-flags.ts';
import { exitCodes, type ExitCode, type Finish } from './exit-codes.ts';
import { collect, dollars, examples, integer, json } from './flag-values.ts';
import type { CliHost } from './host.ts';
import { addTranslate } from './translate-program.ts';

const exitCodeHelp = `
Exit codes:
  ${exitCodes.ok}    done
  ${exitCodes.internal}    a fault of the program
  ${exitCodes.usage}    the command line, a name or an input file cannot be used
  ${exitCodes.faults}    check found faults
  ${exitCodes.refused}    refused before anything was sent: a flag, a key, the budget, a retired model
  ${exitCodes.provider}    the provider failed, or its reply did not fit the schema
  ${exitCodes.incomplete}    a batch, translation or trial is over, and some of it has no reply
  ${exitCodes.interrupted}  interrupted

Nothing here needs a server. Nothing is sent but by call --live, batch,\ntranslate run, translate retry, bench run, bench resume and bench vote --judge; sync asks for free lists.`;

const varOption = () =>
  new Option('--var <name=value>', 'a variable of the prompt pack; may be repeated').argParser(jsonPair);
const textAs = [
  '--text-as <variable>',
  "fill the module's prompt pack, with the text as this variable",
] as const;

const encoding = [
  '--encoding <name>',
  'of a file without a byte order mark: utf8 (the default), shift_jis, euc-jp, gbk, utf16le …',
] as const;

function addListings(program: Command, host: CliHost): void {
  program
    .command('providers')
    .description('who can be asked, where, and with which key')
    .addOption(new Option('--kind <kind>').choices(['local', 'cloud', 'proxy', 'stub']))
    .option(...json)
    .addHelpText('after', examples('comfyvn-llm providers', 'comfyvn-llm providers --kind cloud --json'))
    .action(async (flags) => (await import('./commands/providers.ts')).providersCommand(host, flags));
  program
    .command('models')
    .description('every model the registry lists, with status and price')
    .option('-p, --provider <name>', 'of this provider only')
    .option('-t, --tag <tag>', 'with this tag; may be repeated', collect)
    .option('--alive', 'without those that are retired or were never released')
    .option(...json)
    .addHelpText(
      'after',
      examples('comfyvn-llm models --tag json --alive', 'comfyvn-llm models -p openrouter --json'),
    )
    .action(async (flags) => (await import('./commands/models.ts')).modelsCommand(host, flags));
  program
    .command('presets')
    .description("a module's presets by rank; without a module, who serves each")
    .argument('[module]')
    .option('--alive', 'without those whose model is gone')
    .option(...json)
    .addHelpText('after', examples('comfyvn-llm presets', 'comfyvn-llm presets translate --alive'))
    .action(async (module, flags) =>
      (await import('./commands/presets.ts')).presetsCommand(host, module, flags),
    );
}

function addModelLists(program: Command, host: CliHost, finish: Finish): void {
  program
    .command('sync')
    .description(
      "every provider's own free model list, asked for now: what vanished, ends or costs something else",
    )
    .argument('[provider...]', 'these only; by default all that are on and have a key')
    .option('--keep', 'write what differs; without it nothing is kept')
    .option(...json)
    .addHelpText('after', examples('comfyvn-llm sync', 'comfyvn-llm sync openrouter --keep'))
    .action(async (names, flags) =>
      finish(await (await import('./commands/sync.ts')).syncCommand(host, names, flags)),
    );
  program
    .command('catalogue')
    .description('a file of models, ends, prices and rules: what it would change')
    .argument('<file>')
    .option('--apply', 'take it over')
    .option('--lower-price <provider/model>', 'confirms a lower price; may be repeated', collect)
    .option(...json)
    .addHelpText(
      'after',
      examples('comfyvn-llm catalogue models.json', 'comfyvn-llm catalogue models.json --apply'),
    )
    .action(async (file, flags) => (await import('./commands/sync.ts')).catalogueCommand(host, file, flags));
}

function addChats(program: Command, host: CliHost): void {
  withChatFlags(program.command('plan'))
    .description('a dry run: the request as it would be sent, its hash, its cost')
    .argument('[text...]', 'what to say; else -f, else the standard input')
    .option('-f, --file <file>', 'every line of a text or .jsonl file')
    .option(...textAs)
    .option(...encoding)
    .addOption(varOption())
    .option('--curl', 'as a curl line, with $VARIABLE where the key belongs')
    .option('--powershell', 'as lines for PowerShell, with $env:VARIABLE where the key belongs')
    .option(...json)
    .addHelpText(
      'after',
      examples(
        'comfyvn-llm plan --module translate "雨はまだやまない。"',
        'comfyvn-llm plan --module translate -f lines.txt',
        'comfyvn-llm plan --provider stub --curl Ping',
        'comfyvn-llm plan --provider stub --powershell Ping',
      ),
    )
    .action(async (text, flags) => (await import('./commands/plan.ts')).planCommand(host, text, flags));
  withChatFlags(program.command('call'))
    .description('one chat; without --live it is shown and not sent (the stub answers all the same)')
    .argument('[text...]', 'what to say; else the standard input')
    .option('--live', 'send it: flags, keys and budgets hold as in the server')
    .option('--mock', 'an offline answer in place of the provider')
    .option('--retries <n>', 'how often to try again, 0 to 5', integer(0, 5))
    .option('--fallback', "go down the module's shortlist when a provider fails")
    .option(...json)
    .addHelpText(
      'after',
      examples(
        'comfyvn-llm call --provider stub Ping',
        'comfyvn-llm call --live --provider ollama_default "Hello"',
      ),
    )
    .action(async (text, flags) => (await import('./commands/call.ts')).callCommand(host, text, flags));
}

function addBatch(program: Command, host: CliHost, finish: Finish): void {
  withChatFlags(program.command('batch'))
    .description('a file of lines, sent at a limit in USD; goes on after a kill without paying twice')
    .argument(
      '<in>',
      'a text or .jsonl file, or a .json list: {"id", "text"}, {"messages"} or {"variables"} on each line',
    )
    .argument('<out>', 'a .jsonl file, a row for each line in the same order')
    .option(...textAs)
    .option(...encoding)
    .addOption(varOption())
    .option('-c, --concurrency <n>', 'lines at a time', integer(1, 64), 4)
    .option('--retries <n>', 'tries more for a line whose failure cost nothing', integer(0, 10), 4)
    .option('--max-usd <amount>', 'stop before this is passed, all runs together', dollars)
    .option('-y, --yes', 'do not ask; needs --max-usd where it can cost money')
    .option('--retry-unknown', 'send lines again that were on their way at a kill, and may have been paid')
    .option('--dry-run', 'the estimate, and nothing sent')
    .addOption(
      new Option(
        '--delivery <way>',
        'batch: as batches of the provider, at its batch price and answered within a day; the same command reads what an earlier one left there',
      ).choices(['live', 'batch']),
    )
    .option(
      '--confirm-usd <amount>',
      'submit a batch above a limit: exactly the sum that was refused',
      dollars,
    )
    .option(
      '--cancel-batch',
      'end what is at the provider: what is done by then is paid and read, nothing is sent',
    )
    .option(...json)
    .addHelpText(
      'after',
      examples(
        'comfyvn-llm batch --module translate in.jsonl out.jsonl --dry-run',
        'comfyvn-llm batch --module translate in.jsonl out.jsonl --yes --max-usd 2',
      ),
    )
    .action(async (input, output, flags) =>
      finish(await (await import('./commands/batch.ts')).batchCommand(host, input, output, flags)),
    );
}

function addFiles(program: Command, host: CliHost, finish: Finish): void {
  program
    .command('check')
    .description(
      'flags, settings, providers, presets, packs, registry file and variables, looked at for faults',
    )
    .option('--strict', 'warnings count too')
    .option(...json)
    .addHelpText('after', examples('comfyvn-llm check', 'comfyvn-llm --root ./my-mod check --strict --json'))
    .action(async (flags) => finish(await (await import('./commands/check.ts')).checkCommand(host, flags)));
  program
    .command('import')
    .description("a file of SillyTavern's: a Chat Completion preset, connection profiles or a character card")
    .argument('<file>', '.json or .png; what would become of it is shown, and nothing changes')
    .option('-m, --module <module>', 'where presets go', 'vn_chat')
    .option('--apply', 'import it: all of it, or nothing')
    .option('--skip-refused', 'import the rest where some of it is refused')
    .option(...json)
    .addHelpText('after', examples('comfyvn-llm import Preset.json', 'comfyvn-llm import Mika.png --apply'))
    .action(async (file, flags) => (await import('./commands/import.ts')).importCommand(host, file, flags));
  const packs = program.command('packs').description('prompt packs: list them, fill one in');
  packs
    .command('list', { isDefault: true })
    .description('the packs, their variables and samples')
    .option(...json)
    .action(async (flags) => (await import('./commands/packs.ts')).packsListCommand(host, flags));
  packs
    .command('render')
    .description('the messages a pack makes')
    .argument('<module>')
    .option('--sample <name>', "one of the pack's samples")
    .option('--vars <file>', 'a JSON file of variables')
    .addOption(varOption())
    .option(...json)
    .addHelpText(
      'after',
      examples(
        'comfyvn-llm packs render translate --sample dialogue',
        'comfyvn-llm packs render translate --var source_text=Hello --var target_language=French',
      ),
    )
    .action(async (module, flags) =>
      (await import('./commands/packs.ts')).packsRenderCommand(host, module, flags),
    );
}

/** All commands. Their errors reject `parseAsync`. */
export function createProgram(host: CliHost, finish: Finish): Command {
  const program = new Command('comfyvn-llm')
    .description(
      'Which model serves which module of a visual novel, what would be sent, and what it would cost.',
    )
    .version(host.version)
    .option('--root <folder>', 'the folder with config/ and data/ (COMFYVN_RUNTIME_ROOT)')
    .option('--registry <file>', "ComfyVN's registry.json (COMFYVN_LLM_REGISTRY)")
    .addHelpText('after', exitCodeHelp)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.out.write(text),
      writeErr: (text) => host.err.write(text),
      getOutHelpWidth: () => (host.out.isTTY ? host.out.columns : 100),
      getErrHelpWidth: () => (host.err.isTTY ? host.err.columns : 100),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showSuggestionAfterError();
  addListings(program, host);
  addModelLists(program, host, finish);
  addChats(program, host);
  addBatch(program, host, finish);
  addTranslate(program, host, finish);
  addWorker(program, host, finish);
  addBench(program, host, finish);
  addFiles(program, host, finish);
  program
    .command('serve')
    .description('the API on this machine, as npm run serve')
    .argument('[flags...]', '--port N, --host H, --ui')
    .allowUnknownOption()
    .passThroughOptions()
    .helpOption(false)
    .addHelpText('after', examples('comfyvn-llm serve --port 8000 --ui'))
    .action((flags: string[]) => host.serve(flags));
  return program;
}

/** Commander's exit as one of our exit codes: help and version are not failures. */
export function exitCodeOfCommander(error: unknown): ExitCode | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
}

/** `comfyvn-llm worker`: a machine that helps with other machines' translation runs. */
function addWorker(program: Command, host: CliHost, finish: Finish): void {
  program
    .command('worker')
    .description(
      'work on translation runs that other machines began, over one PostgreSQL, until it is stopped',
    )
    .option('-c, --concurrency <n>', 'requests at a time, for all runs together', integer(1, 256), 4)
    .addHelpText(
      'after',
      `\nIt sends what a run has planned to providers that this machine has keys for; keys stay on their machine.
Ctrl+C finishes what is under way; once more gives it up.\n${examples('comfyvn-llm worker --concurrency 16')}`,
    )
    .action(async (flags) => finish(await (await import('./commands/worker.ts')).workerCommand(host, flags)));
}
