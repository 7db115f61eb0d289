import fc from 'fast-check';

/** Pieces of text: some are special to the engine, some are not. */
const piece = fc.constantFrom(
  ...'ab c  \n{}[]#@()-_=:,.!?é日　\u00a0\u2009😀',
  '\\n',
  '\\\\',
  '\\ ',
  '\\{',
  '\\[',
  '\\%',
  '\\u00e9',
  '\\u3042',
  "\\'",
  '\\"',
  '\\`',
  '[points]',
  '{b}x{/b}',
  '[__private]',
  '%%',
  '# ',
);
const inside = fc.array(piece, { minLength: 1, maxLength: 14 }).map((pieces) => `x${pieces.join('')}x`);
const quoted = fc.tuple(fc.constantFrom('"', "'", '`'), inside).map(([quote, text]) => quote + text + quote);
const paragraphs = inside.map((text) => `"""\n    ${text}\n\n    second ${text}\n    """`);

const SPEAKERS = [
  'e ',
  'n happy ',
  'e happy -sad ',
  'e @ sad ',
  'e happy @ -sad ',
  '"Guest" ',
  '\'G. "x"\' ',
];
const speaker = fc.constantFrom(...SPEAKERS, '(e) ', 'extend ', 'store.e ', 'people["e"] ', 'f(1, "a b") ');
const ending = fc.constantFrom(
  '',
  '',
  '',
  ' with dissolve',
  ' (what_size=12)',
  ' (size = 12,x="a, b" ) with Dissolve( .5 )',
  ' nointeract',
  ' (*a, **k)',
  '   # comment "x"',
  ' nointeract (1) with None',
);
const spoken = fc.tuple(speaker, quoted, ending).map((parts) => parts.join(''));
const say = fc.oneof(
  { weight: 3, arbitrary: spoken },
  { weight: 2, arbitrary: fc.tuple(quoted, ending).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.tuple(speaker, paragraphs, ending).map((parts) => parts.join('')) },
);
const command = fc.constantFrom(
  'voice "a.ogg"',
  'voice sustain',
  'nvl clear',
  'voice f("b")  # note',
  '$ x = _("marked")',
  'pass',
  'show eileen',
  'with None',
  'call sub',
  'init offset = 1',
);
const statement = fc.oneof({ weight: 5, arbitrary: say }, { weight: 3, arbitrary: command });
const body = fc.array(statement, { minLength: 1, maxLength: 4 });

const compound = fc.oneof(
  statement.map((line) => [line]),
  body.map((lines) => ['if points > 1:', ...indent(lines), 'else:', ...indent(lines)]),
  body.map((lines) => ['while points:', ...indent(lines)]),
  fc
    .tuple(spoken, quoted, body)
    .map(([line, choice, lines]) => ['menu:', ...indent([line, `${choice} if points:`, ...indent(lines)])]),
);

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}

/**
 * A random script, the same for the same seed. The engine can read it and list its translations, but not play it.
 */
export function randomScript(seed: number, labels: number): string {
  const scene = fc.array(compound, { minLength: 3, maxLength: 12 });
  const lines = fc.sample(scene, { seed, numRuns: labels }).flatMap((blocks, index) => {
    const name = `${index % 7 === 3 ? '_' : ''}scene_${seed}_${index}`;
    return [`label ${name}${index % 5 === 4 ? ' hide' : ''}:`, ...indent(blocks.flat()), '    return', ''];
  });
  return lines.join('\n');
}
