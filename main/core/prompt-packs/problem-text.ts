import type { PackProblem } from '../../../contract/user-pack.ts';

/** One line for users; template messages already contain their line. */
export function problemText({ file, path, message, line }: PackProblem): string {
  const where = path ? `${file}, at ${path}` : file;
  const at = line === undefined || message.includes(`line:${line}`) ? '' : ` (line ${line})`;
  return `${where}: ${message}${at}`;
}
