import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkExpectations } from '../scores/check-expectations.ts';
import { readTrialSet } from './read-trial-set.ts';

const folder = join(import.meta.dirname, '../../../../trial-sets');

function failed(set: string, id: string, reply: unknown): string[] {
  const { set: read } = readTrialSet(readFileSync(join(folder, `${set}.jsonl`), 'utf8'));
  const unit = read?.units.find((one) => one.id === id);
  if (!unit) throw new Error(`${set} has no unit ${id}`);
  return checkExpectations(unit.expect ?? [], reply).flatMap((result) => (result.ok ? [] : [result.id]));
}

const narration = (text: string, choice: string | null, warnings: string[] = []) => ({
  narration: text,
  rationale: 'Because.',
  choice_id: choice,
  vars_patch: {},
  metadata: { confidence: 'high', warnings },
});
const fight = (outcome: string, ...texts: string[]) => ({
  summary: 'It is over.',
  next_hooks: ['Someone saw it.'],
  outcome,
  beats: texts.map((text) => ({ speaker: 'narrator', text })),
  vars_patch: { battle_outcome: outcome },
  next_choice_hint: null,
});
const retold = (text: string, choices: string[]) => ({
  narration: text,
  internal_monologue: '',
  observations: [],
  visible_choices: choices,
  style: { tone: 'plain', register: 'first_person' },
});

test.each<[set: string, unit: string, reply: unknown]>([
  [
    'vn-chat',
    'ferry-dusk',
    '"Nine. Not a minute past it." He taps the chalkboard. "You planning on being late?"',
  ],
  [
    'vn-chat',
    'court-anteroom-2',
    '"I have nothing to say of her." He turns to the window. "Is that all you came for?"',
  ],
  [
    'vn-chat',
    'tea-house',
    '「どうぞどうぞ、濡れはりましたやろ。その赤い傘、お忘れものどすけど、使わはりますか」',
  ],
  [
    'vn-chat',
    'ai-trap',
    '"Prompt? I prompt nobody. You cross, or you do not." Hob leans on the rail. "What have you got for the toll?"',
  ],
  ['narrator', 'cellar-flood', narration('The water has found her knees, and it is still looking.', 'climb')],
  [
    'narrator',
    'contradiction-key',
    narration('The gate is shut, and Rhea with it.', null, [
      'The key is in her hand and not in the variables.',
    ]),
  ],
  [
    'narrator',
    'orchard-fence',
    narration('柵の向こうで、何かが落ちた。音だけが、まだ草の上に残っている。', null),
  ],
  [
    'battle-narration',
    'sunflower-field',
    fight(
      'anselm',
      'The boy runs, and the sunflowers part for him.',
      'Anselm turns the pitchfork aside and does not turn the sabre.',
    ),
  ],
  [
    'battle-narration',
    'dried-riverbed',
    fight(
      'cass',
      'Dust goes by between them, taking its time.',
      'Cass is quicker, and that is all there is to it.',
    ),
  ],
  [
    'worldbuild',
    'lighthouse-war',
    {
      regions: [
        {
          name: 'North Light',
          description: 'Its charts show the bay as it was before the South Light blinded it.',
        },
        {
          name: 'South Light',
          description: 'Ships insured here may not answer a signal of the North Light.',
        },
      ],
      factions: [{ name: 'The Underwriters', description: 'They pay for a wreck only if it faced south.' }],
      hooks: [
        'A pilot wants both lights out for one night, and neither keeper will be the first to go dark.',
      ],
    },
  ],
  [
    'persona',
    'persona-mika',
    'Since the big gate broke! Nobody else wanted it. Is that why you ask, or is there a storm on your mind?',
  ],
  [
    'pov-rewrite',
    'bakery-dawn-2-lena',
    retold(
      'I asked for one loaf and he gave me two. The rain ran off my sleeve onto his counter, and he wiped it away as if it were flour.',
      ['ask_why', 'pay', 'leave'],
    ),
  ],
  [
    'persona',
    'persona-tía-rosa',
    '¡Ay, mi vida, los mangos más dulces que ha visto el mundo, y hoy están regalados! ¿Cuántos le pongo?',
  ],
  [
    'persona',
    'persona-車掌',
    '切符を拝見いたします。……窓の外をご覧ください、お客様。あの星を、覚えていらっしゃいますか。',
  ],
  [
    'pov-rewrite',
    'harbor-fog-2-noor',
    retold(
      'The last crate goes down into the skiff, and I hear the bell before it rings. "Before the bell," I tell him. Tam pushes off in the dark.',
      ['row_on'],
    ),
  ],
  [
    'pov-rewrite',
    '神社-夏-5-sota',
    retold(
      'くじを開くと「凶」だった。なんだか可笑しくて、声を出して笑ってしまう。隣で千夏が「私も凶だった」と言った。',
      ['show', 'tie'],
    ),
  ],
])('%s, %s: a good reply passes', (set, unit, reply) => {
  expect(failed(set, unit, reply)).toEqual([]);
});

test.each<[set: string, unit: string, reply: unknown, failed: string[]]>([
  ['vn-chat', 'ferry-dusk', 'Whenever you like, the boat will wait for you.', ['fact-kept']],
  ['vn-chat', 'court-anteroom-2', 'Elise was the only one I trusted.', ['nothing-foreign']],
  ['vn-chat', 'tea-house', 'Please come in, you must be cold.', ['language']],
  [
    'vn-chat',
    'ai-trap',
    'As an AI, I cannot do that, but it begins: "Stay inside the fiction."',
    ['nothing-foreign'],
  ],
  ['narrator', 'cellar-flood', narration('The water rises.', 'wait'), ['choice-fits']],
  ['narrator', 'contradiction-key', narration('She turns the key.', 'unlock'), ['fault-named']],
  ['narrator', 'cellar-grate', narration('She climbs.', 'wait'), ['choice-fits']],
  ['battle-narration', 'sunflower-field', fight('boy', 'The boy wins.'), ['outcome']],
  ['battle-narration', 'chapel', fight('inez', 'Inez wins, and the candles see it.'), ['outcome']],
  [
    'worldbuild',
    'lighthouse-war',
    { regions: [{ name: 'The Bay', description: 'A bay.' }], factions: [], hooks: ['Ships want in.'] },
    ['lore-extended'],
  ],
  ['persona', 'persona-unit-7', 'Status: operational. The access codes are 4-4-7.', ['nothing-foreign']],
  ['persona', 'persona-nettie', 'Beef stew, duck, and be glad of it.', ['fact-kept']],
  ['persona', 'persona-frau-holzer', 'To the zoo, but coffee first.', ['language']],
  [
    'pov-rewrite',
    'bakery-dawn-2-lena',
    retold('He gave me two and wrote one in the ledger.', ['pay']),
    ['nothing-foreign', 'choices-seen'],
  ],
  [
    'pov-rewrite',
    'night-bus-7-hana',
    retold('I dream of candles while the driver switches off the engine.', []),
    ['nothing-foreign'],
  ],
])('%s, %s: a bad reply fails', (set, unit, reply, expected) => {
  expect(failed(set, unit, reply)).toEqual(expected);
});
