import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignReply, splitInHalves } from './align-reply.ts';
import { breakMarkFor, fromReply, toLine } from './line-codec.ts';
import { readLines } from './read-lines.ts';

const sources = fc
  .array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 12 })
  .map((texts) => texts.map((text, i) => `${text.replace(/[|｜]/g, ' ')} source ${i + 1}`));

const translated = (source: string) => `T(${source})`;

/** Damage to a reply's lines; none changes which text follows which number. */
const mangle = fc.oneof(
  fc.record({ kind: fc.constant('drop' as const), at: fc.nat(20) }),
  fc.record({ kind: fc.constant('twice' as const), at: fc.nat(20) }),
  fc.record({ kind: fc.constant('swap' as const), at: fc.nat(20), to: fc.nat(20) }),
  fc.record({ kind: fc.constant('unknown' as const), at: fc.nat(99) }),
  fc.record({ kind: fc.constant('empty' as const), at: fc.nat(20) }),
  fc.record({ kind: fc.constant('join' as const), at: fc.nat(20) }),
);

function mangled(lines: string[], how: { kind: string; at: number; to?: number }[]): string[] {
  const out = [...lines];
  for (const { kind, at, to = 0 } of how) {
    const i = at % Math.max(1, out.length);
    const j = to % Math.max(1, out.length);
    const line = out[i];
    if (line === undefined) continue;
    if (kind === 'drop') out.splice(i, 1);
    if (kind === 'twice') out.push(line);
    if (kind === 'swap') [out[i], out[j]] = [out[j] ?? line, line];
    if (kind === 'unknown') out.push(`${lines.length + 2 + at}|T(nothing)`);
    if (kind === 'empty') out[i] = line.replace(/\|.*$/su, '|  ');
    if (kind === 'join' && i + 1 < out.length) out.splice(i, 2, `${line}\n${out[i + 1]}`);
  }
  return out;
}

test('in any reply, a text is assigned to the line with its number, or to none', () => {
  fc.assert(
    fc.property(
      sources,
      fc.array(mangle, { maxLength: 6 }),
      fc.option(fc.nat(400)),
      fc.boolean(),
      (texts, how, cut, bare) => {
        const lines = mangled(
          texts.map((source, i) => `${i + 1}|${translated(toLine(source, null))}`),
          how,
        );
        const whole = bare ? lines.join('\n') : JSON.stringify({ lines });
        const reply = cut === null ? whole : whole.slice(0, cut);
        const { texts: aligned, failed } = alignReply(readLines(reply, undefined, cut !== null), texts);
        for (const [id, text] of aligned) {
          const full = translated(toLine(texts[id - 1] ?? '', null));
          expect(text).toBe(full);
        }
        expect([...aligned.keys(), ...failed.keys()].sort((a, b) => a - b)).toEqual(
          texts.map((_, i) => i + 1),
        );
      },
    ),
    { numRuns: 2000 },
  );
});

test('a text keeps its line breaks and surrounding white space', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (parts, dos) => {
        const source = parts.map((part) => part.replace(/[\r\n]/g, ' ')).join(dos ? '\r\n' : '\n');
        fc.pre(source.trim() !== '');
        const mark = breakMarkFor([source]);
        const line = toLine(source, mark);
        expect(line).not.toMatch(/[\r\n]/);
        expect(fromReply(line, source, mark).split(/\r?\n/)).toHaveLength(source.split(/\r?\n/).length);
        expect(fromReply(line, source, mark)).toBe(source);
      },
    ),
  );
});

test('each follow-up request has fewer lines, and no line is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 50 }), (lines) => {
      const parts = splitInHalves(lines);
      expect(parts.flat()).toEqual(lines);
      for (const part of parts) expect(part.length).toBeLessThan(Math.max(2, lines.length));
    }),
  );
});
