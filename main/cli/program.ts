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
  ${exitCodes.internal}    a bug in the program
  ${exitCodes.usage}    invalid command line, name or input file
  ${exitCodes.faults}    check found problems
  ${exitCodes.refused}    refused before sending: a flag, a key, the budget or a retired model
  ${exitCodes.provider}    the provider failed, or its reply did not match the schema
  ${exitCodes.incomplete}    a batch, translation or trial ended, and some requests have no reply
  ${exitCodes.interrupted}  interrupted

No command needs a running server. Only these commands send requests: call --live, batch, worker,\ntranslate run, translate retry, bench run, bench resume and bench vote --judge. sync fetches free model lists.`;

const varOption = () =>
  new Option('--var <name=value>', 'a variable of the prompt pack; may be repeated').argParser(jsonPair);
const textAs = [
  '--text-as <variable>',
  "use the module's prompt pack, with the text as this variable",
] as const;

const encoding = [
  '--encoding <name>',
  'the encoding of a file without a byte order mark: utf8 (default), shift_jis, euc-jp, gbk, utf16le …',
] as const;

function addListings(program: Command, host: CliHost): void {
  program
    .command('providers')
    .description('list the providers with their address and key')
    .addOption(new Option('--kind <kind>').choices(['local', 'cloud', 'proxy', 'stub']))
    .option(...json)
    .addHelpText('after', examples('comfyvn-llm providers', 'comfyvn-llm providers --kind cloud --json'))
    .action(async (flags) => (await import('./commands/providers.ts')).providersCommand(host, flags));
  program
    .command('models')
    .description('list the models of the registry with status and price')
    .option('-p, --provider <name>', 'only models of this provider')
    .option('-t, --tag <tag>', 'only models with this tag; may be repeated', collect)
    .option('--alive', 'without retired and never released models')
    .option(...json)
    .addHelpText(
      'after',
      examples('comfyvn-llm models --tag json --alive', 'comfyvn-llm models -p openrouter --json'),
    )
    .action(async (flags) => (await import('./commands/models.ts')).modelsCommand(host, flags));
  program
    .command('presets')
    .description("list a module's presets by rank; without a module, the active preset of each module")
    .argument('[module]')
    .option('--alive', 'without presets whose model is retired or was never released')
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
      'fetch the free model lists of providers, and show which models vanished, will end or changed their price',
    )
    .argument('[provider...]', 'only these; default: all that are enabled and have a key')
    .option('--keep', 'write the differences; without it, nothing is written')
    .option(...json)
    .addHelpText('after', examples('comfyvn-llm sync', 'comfyvn-llm sync openrouter --keep'))
    .action(async (names, flags) =>
      finish(await (await import('./commands/sync.ts')).syncCommand(host, names, flags)),
    );
  program
    .command('catalogue')
    .description('show what a file of models, end dates, prices and rules would change')
    .argument('<file>')
    .option('--apply', 'apply the changes')
    .option('--lower-price <provider/model>', 'confirm a lower price; may be repeated', collect)
    .option(...json)
    .addHelpText(
      'after',
      examples('comfyvn-llm catalogue models.json', 'comfyvn-llm catalogue models.json --apply'),
    )
    .action(async (file, flags) => (await import('./commands/sync.ts')).catalogueCommand(host, file, flags));
}

function addChats(program: Command, host: CliHost): void {
  withChatFlags(program.command('plan'))
    .description('a dry run: show the exact request, its hash and its cost')
    .argument('[text...]', 'the text to send; default: -f, then standard input')
    .option('-f, --file <file>', 'plan every line of a text or .jsonl file')
    .option(...textAs)
    .option(...encoding)
    .addOption(varOption())
    .option('--curl', 'print a curl command, with $VARIABLE in place of the key')
    .option('--powershell', 'print PowerShell commands, with $env:VARIABLE in place of the key')
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
    .description('one chat; without --live, the request is only shown (the stub always answers)')
    .argument('[text...]', 'the text to send; default: standard input')
    .option('--live', 'send the request; flags, keys and budgets apply as in the server')
    .option('--mock', 'an offline answer instead of the provider')
    .option('--retries <n>', 'how often to retry, 0 to 5', integer(0, 5))
    .option('--fallback', "if a provider fails, use the next preset of the module's shortlist")
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
    .description(
      'send every line of a file, up to a limit in USD; after a kill, it continues without paying twice',
    )
    .argument(
      '<in>',
      'a text or .jsonl file, or a .json list: {"id", "text"}, {"messages"} or {"variables"} on each line',
    )
    .argument('<out>', 'a .jsonl file with one row per line, in the same order')
    .option(...textAs)
    .option(...encoding)
    .addOption(varOption())
    .option('-c, --concurrency <n>', 'how many lines to send at a time', integer(1, 64), 4)
    .option('--retries <n>', 'how often to retry a line whose failure cost nothing', integer(0, 10), 4)
    .option('--max-usd <amount>', 'stop before all runs together cost more', dollars)
    .option('-y, --yes', 'do not ask for confirmation; requires --max-usd if it can cost money')
    .option('--retry-unknown', 'also send lines again that were in progress at a kill and may have been paid')
    .option('--dry-run', 'show the estimate and send nothing')
    .addOption(
      new Option(
        '--delivery <way>',
        'batch: send as provider batches, at the batch price and answered within a day; the same command later reads the results',
      ).choices(['live', 'batch']),
    )
    .option(
      '--confirm-usd <amount>',
      'submit a batch above a limit; must be exactly the amount that was refused',
      dollars,
    )
    .option(
      '--cancel-batch',
      'cancel the batches at the provider; finished requests are paid and read, and nothing is sent',
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
    .description('check flags, settings, providers, presets, packs, the registry file and variables')
    .option('--strict', 'treat warnings as errors')
    .option(...json)
    .addHelpText('after', examples('comfyvn-llm check', 'comfyvn-llm --root ./my-mod check --strict --json'))
    .action(async (flags) => finish(await (await import('./commands/check.ts')).checkCommand(host, flags)));
  program
    .command('import')
    .description(
      'import a SillyTavern file: a Chat Completion preset, connection profiles or a character card',
    )
    .argument('<file>', '.json or .png; without --apply, only a preview is shown')
    .option('-m, --module <module>', 'the module that gets the presets', 'vn_chat')
    .option('--apply', 'import the whole file, or nothing if a part is refused')
    .option('--skip-refused', 'import the other parts if some are refused')
    .option(...json)
    .addHelpText('after', examples('comfyvn-llm import Preset.json', 'comfyvn-llm import Mika.png --apply'))
    .action(async (file, flags) => (await import('./commands/import.ts')).importCommand(host, file, flags));
  const packs = program.command('packs').description('list prompt packs, or render one');
  packs
    .command('list', { isDefault: true })
    .description('list the packs with their variables and samples')
    .option(...json)
    .action(async (flags) => (await import('./commands/packs.ts')).packsListCommand(host, flags));
  packs
    .command('render')
    .description('print the messages of a pack')
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
      'Shows which model serves each module of a visual novel, what a request contains and costs, and sends requests.',
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
    .description('run the API on this machine, like npm run serve')
    .argument('[flags...]', '--port N, --host H, --ui')
    .allowUnknownOption()
    .passThroughOptions()
    .helpOption(false)
    .addHelpText('after', examples('comfyvn-llm serve --port 8000 --ui'))
    .action((flags: string[]) => host.serve(flags));
  return program;
}

/** The exit code for an exit of Commander. Help and version are not failures. */
export function exitCodeOfCommander(error: unknown): ExitCode | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
}

/** `comfyvn-llm worker`: this machine helps with other machines' translation runs. */
function addWorker(program: Command, host: CliHost, finish: Finish): void {
  program
    .command('worker')
    .description(
      'send requests of translation runs that other machines started, through a shared PostgreSQL, until stopped',
    )
    .option(
      '-c, --concurrency <n>',
      'how many requests to send at a time, for all runs together',
      integer(1, 256),
      4,
    )
    .addHelpText(
      'after',
      `\nThe worker uses the keys of this machine; keys are never shared between machines.
Ctrl+C finishes the requests in progress; press it again to abort them.\n${examples('comfyvn-llm worker --concurrency 16')}`,
    )
    .action(async (flags) => finish(await (await import('./commands/worker.ts')).workerCommand(host, flags)));
}
