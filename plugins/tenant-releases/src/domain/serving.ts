import {
  isMeasured,
  percent,
  type ReleaseReason,
  type Serving,
} from '@internal/plugin-tenant-releases-common';
import type { FleetRow } from './fleet';
import { shortVersion } from './version';

type Code = ReleaseReason['code'];

/** What is wrong with a release that runs what Git wants. */
const apart: readonly Code[] = ['ERRORS_ABOVE_OBJECTIVE', 'ALERT_FIRING', 'BAD_VERSION'];

/** Whether a reason says something of delivery. */
export function isDelivery({ code }: ReleaseReason): boolean {
  return !apart.includes(code);
}

/** Whether a reason says that requests fail or an alert fires. */
export function isServing({ code }: ReleaseReason): boolean {
  return code === 'ERRORS_ABOVE_OBJECTIVE' || code === 'ALERT_FIRING';
}

/**
 * A row as delivery alone has it: whether it runs what Git wants, however it serves. Where both put it in the same state,
 * neither words nor times of the other are of this one.
 */
export function deliveryOf(row: FleetRow): FleetRow {
  if (row.state === row.delivery && row.reasons.every(isDelivery)) return row;
  return { ...row, state: row.delivery, reasons: row.reasons.filter(isDelivery) };
}

/** How one release serves: a clause for the end of a sentence. */
export function servingText(serving: Serving | undefined): string {
  if (!serving || !isMeasured(serving)) return 'whether it serves is not measured';
  const { status, errorRatio, objective = 0, alerts = 0, staleSeconds } = serving;
  if (status === 'idle') return 'it has too few requests to tell whether it serves';
  const errors =
    errorRatio === undefined ? undefined : `${percent(errorRatio)} of its requests fail`;
  const isAbove = errorRatio !== undefined && errorRatio > objective;
  const since = isAbove && serving.version ? ` since ${shortVersion(serving.version)}` : '';
  const firing =
    alerts === 0 ? undefined : `${alerts} ${alerts === 1 ? 'alert fires' : 'alerts fire'}`;
  const parts = [errors && `${errors}${since}`, firing].filter(Boolean);
  if (parts.length === 0)
    return status === 'failing' ? 'it does not serve as it should' : 'it serves';
  // What Prometheus said before it went away need not be so now.
  return `${parts.join(', ')}${staleSeconds === undefined ? '' : ' (last known)'}`;
}
