import { identitySituations } from './identities';
import { operationSituations } from './operations';
import { ownLabelSituations } from './ownLabels';
import { podSituations } from './pods';
import { rolloutSituations } from './rollouts';
import type { Situation } from './Situation';
import { sourceSituations } from './sources';
import { underWaySituations } from './underWay';

export type { Commits, Situation } from './Situation';

/** Situations of every kind. All tenants are to be at `sha-2`. */
export const situations: Situation[] = [
  ...operationSituations,
  ...underWaySituations,
  ...sourceSituations,
  ...identitySituations,
  ...podSituations,
  ...ownLabelSituations,
  ...rolloutSituations,
];
