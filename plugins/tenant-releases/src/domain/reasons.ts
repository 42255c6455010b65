import type { Release, ReleaseReason } from '@internal/plugin-tenant-releases-common';

type Code = ReleaseReason['code'];
type Reasoned = Pick<Release, 'state' | 'reasons'>;

/** A person or a clock has to go on before anything rolls out. */
const waiting: readonly Code[] = [
  'SYNC_BY_HAND',
  'SYNC_WINDOW_CLOSED',
  'RECONCILE_SKIPPED',
  'ROLLOUT_PAUSED',
];
/** Something moves, whatever else waits. */
const moving: readonly Code[] = ['ROLLING_OUT', 'HOOKS_RUNNING'];
/** By wish no pod runs, though all is as Git wants it. */
const resting: readonly Code[] = ['SCALED_TO_ZERO', 'BETWEEN_RUNS'];
/** The Application, not the tenant file, says the version. */
const pinning: readonly Code[] = ['OVERRIDDEN', 'FOLLOWS_OTHER_REVISION'];

const firstOf = ({ reasons }: Reasoned, codes: readonly Code[]) =>
  reasons.find(({ code }) => codes.includes(code));

/**
 * The reason that decides a release's state: reasons come with the one of most concern first.
 * One that is in sync needs none; what is said about it then is beside the point.
 */
export function mainReason({ state, reasons }: Reasoned): ReleaseReason | undefined {
  return state === 'in-sync' ? undefined : reasons[0];
}

/** Why a release on its way stands still: it waits for a person or a window. */
export function waitingReason(release: Reasoned): ReleaseReason | undefined {
  const isStill = release.state === 'progressing' && !firstOf(release, moving);
  return isStill ? firstOf(release, waiting) : undefined;
}

/** Why a release that is as Git wants it runs no pod. */
export function restingReason(release: Reasoned): ReleaseReason | undefined {
  const isAsWanted = release.state === 'in-sync' || release.state === 'held';
  return isAsWanted ? firstOf(release, resting) : undefined;
}

/** Why a release is held without a hold in its tenant file. */
export function pinningReason(
  release: Reasoned & Pick<Release, 'hold'>,
): ReleaseReason | undefined {
  return release.state === 'held' && !release.hold ? firstOf(release, pinning) : undefined;
}

/** A release that is as Git wants it may still be one that nobody may change. */
const closed: readonly Code[] = ['FROZEN'];

/** As many reasons as a line of a table has room for. */
const fewReasons = 2;

/**
 * Why a release is in its state, for a list of many: of each kind the first, the one that decides first. What a hold is
 * for is said in its own words, and never in the place of a reason for a worse state.
 *
 * @returns the texts, and how many further reasons there are
 */
export function reasonsToTell(release: Reasoned & Pick<Release, 'hold'>): {
  texts: string[];
  more: number;
} {
  const { state, reasons, hold } = release;
  // That a source is late stands beside it anyway, unless nothing else is known.
  const isTold = ({ code }: ReleaseReason) =>
    state === 'in-sync'
      ? [...resting, ...pinning, ...closed].includes(code)
      : code !== 'SOURCE_STALE' || state === 'unknown';
  const told = reasons
    .filter(isTold)
    .filter(({ code }, index, all) => all.findIndex(other => other.code === code) === index);
  const texts = told.map(({ code, text }) =>
    code === 'HELD' && hold && state === 'held' ? hold.reason : text,
  );
  if (hold && !told.some(({ code }) => code === 'HELD')) texts.push(hold.reason);
  const shown = texts.slice(0, fewReasons);
  const all = reasons.filter(isTold).length + texts.length - told.length;
  return { texts: shown, more: all - shown.length };
}

/** What there is to say first about a release besides the word for its state. */
export function remarkOf(release: Reasoned & Pick<Release, 'hold'>): string | undefined {
  return reasonsToTell(release).texts[0];
}

/** A text as a sentence: with one full stop at its end. */
export function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
