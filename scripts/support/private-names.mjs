/** Names of this project that a newcomer would not understand, with the standard term for each. */
const fieldWords = {
  door: 'transport or server',
  doors: 'transports',
  sink: 'StreamListener',
  passage: 'passthrough',
  purse: 'CostReservation',
  books: 'report or callStorage',
  gates: 'preflightChecks',
  told: 'reported',
  said: 'input, text or reported',
  longest: 'max',
  standing: 'status',
  standings: 'statuses',
  thinkable: 'maybeAvailable',
  moment: 'timestamp or Deferred',
};

/** Complete identifiers. */
const fieldNames = {
  kept: 'stored',
  most: 'max',
  nearest: 'suggest',
  InTurn: 'Mutex',
  inTurn: 'mutex',
  afterQuiet: 'debounce',
  useSettled: 'useDebouncedValue',
  layOver: 'applyOverrides',
  'lay-over': 'apply-overrides',
  WayBack: 'UndoStep',
  wayBack: 'undoStep',
  takeBack: 'undo',
  'take-back': 'undo',
  SameCalls: 'LoopGuard',
  ParamLedger: 'ParameterReport',
  keepBroken: 'quarantineFile',
  Wire: 'Protocol',
  wire: 'protocol',
  wires: 'protocols',
  wireAt: 'protocolAt',
  wireOf: 'protocolOf',
};

/** In the renderer, a place is called a view, and its texts are `t`. */
const rendererNames = { words: 't', place: 'view', places: 'views', Place: 'View', PlaceId: 'ViewId' };

/** Fields of the API and of the database, which cannot be renamed. */
export const publicFields = new Set(['door', 'kept', 'most', 'place', 'places']);

const partsOf = (name) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_$-]+/);

/**
 * @param {string} name an identifier, or a file's name without its ending
 * @param {string} file its path in the repository
 * @returns {string | undefined} the standard term; undefined if the name is fine
 */
export function privateName(name, file) {
  const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);
  const word = partsOf(name).find((part) => Object.hasOwn(fieldWords, part));
  return (
    own(fieldNames, name) ??
    (word && fieldWords[word]) ??
    (file.startsWith('renderer/') ? own(rendererNames, name) : undefined)
  );
}
