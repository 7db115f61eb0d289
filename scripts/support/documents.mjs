import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readMarkdown } from './markdown.mjs';
import { projectRoot } from './project.mjs';

/** A path in the repository. */
export const at = (...path) => join(projectRoot, ...path);

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
  cwd: projectRoot,
  encoding: 'utf8',
});
/** Every document of the repository, except the prompts, which are texts of the product. */
export const files = tracked
  .split('\n')
  .filter(
    (file) =>
      (file && existsSync(at(file)) && !file.startsWith('prompt-packs/')) ||
      file === 'prompt-packs/README.md',
  );
/** Every document, parsed, by path. */
export const documents = new Map(files.map((file) => [file, readMarkdown(at(file))]));
/** All parts of one kind (`blocks`, `inline`, `links`, …) in all documents, each with its file. */
export const all = (part) =>
  [...documents].flatMap(([file, document]) => document[part].map((item) => ({ file, ...item })));
export const where = ({ file, line }) => `${file}:${line}`;
