import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { CliHost } from '../host.ts';

/** `comfyvn-llm worker`: sends requests of other machines' runs until it is stopped. */
export async function workerCommand(
  host: CliHost,
  { concurrency }: { concurrency: number },
): Promise<ExitCode> {
  const core = await host.core();
  try {
    const { sharing } = await core.translation();
    const report = (line: string) => host.err.write(`${line}\n`);
    const { worker, ended } = sharing.help({ concurrency, isOn: () => true, report });
    let interrupts = 0;
    const stopListening = host.onInterrupt(() => {
      if (++interrupts > 1) return worker.giveUp();
      host.err.write('\nfinishing the requests in progress; press Ctrl+C again to abort them\n');
      worker.close();
    });
    host.err.write(`waiting for runs, ${concurrency} requests at a time\n`);
    await ended;
    stopListening();
    return exitCodes.interrupted;
  } finally {
    await core.close();
  }
}
