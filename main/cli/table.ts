import type { CliHost } from './host.ts';
import { truncate, plain, styleFor, textWidth } from './style.ts';

export interface Column<R> {
  title: string;
  of(row: R): string;
  right?: boolean;
  /** May be truncated if the terminal is too narrow; never truncated in a pipe. */
  shrinks?: boolean;
}

const gap = '  ';

/** Prints rows under a heading. On a narrow terminal, one column is truncated. */
export function printTable<R>({ out, env }: CliHost, columns: Column<R>[], rows: readonly R[]): void {
  const style = styleFor(out, env);
  const cells = rows.map((row) => columns.map(({ of }) => plain(of(row)).replaceAll('\n', ' ')));
  const widths = columns.map(({ title }, i) =>
    Math.max(textWidth(title), ...cells.map((row) => textWidth(row[i] ?? ''))),
  );
  if (out.isTTY) {
    const excess = widths.reduce((sum, w) => sum + w + gap.length, -gap.length) - out.columns;
    const shrinking = columns.findLastIndex(({ shrinks }) => shrinks);
    if (excess > 0 && shrinking >= 0) widths[shrinking] = Math.max(8, (widths[shrinking] ?? 0) - excess);
  }
  const line = (texts: string[]) =>
    texts
      .map((text, i) => {
        const shown = truncate(text, widths[i] ?? 0);
        const fill = ' '.repeat(Math.max(0, (widths[i] ?? 0) - textWidth(shown)));
        return columns[i]?.right ? fill + shown : shown + fill;
      })
      .join(gap)
      .trimEnd();
  out.write(`${style('bold', line(columns.map(({ title }) => title)))}\n`);
  for (const row of cells) out.write(`${line(row)}\n`);
}
