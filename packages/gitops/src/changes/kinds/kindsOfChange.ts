import type { ChangeKind } from '@internal/plugin-tenant-releases-common';
import { clearBad, markBad } from './badVersions';
import type { KindOfChange } from './changeKind';
import { freeze } from './freeze';
import { hold } from './hold';
import { promote } from './promote';
import { releaseHold } from './releaseHold';
import { rollback } from './rollback';
import { setFacts } from './setFacts';
import { unfreeze } from './unfreeze';

/** Every kind of change. A new one is a file beside these with its test, its name in `changeKinds`, and a line here. */
export const kindsOfChange: Readonly<Record<ChangeKind, KindOfChange>> = {
  promote,
  rollback,
  hold,
  'release-hold': releaseHold,
  'mark-bad': markBad,
  'clear-bad': clearBad,
  freeze,
  unfreeze,
  set: setFacts,
};
