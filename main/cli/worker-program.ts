import type { Command } from 'commander';
import type { Finish } from './exit-codes.ts';
import { examples, integer } from './flag-values.ts';
import type { CliHost } from './host.ts';

/** `comfyvn-llm worker`: a machine that helps with the translation runs of others. */
export function addWorker(program: Command, host: CliHost, finish: Finish): void {
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
