import type { Freeze } from '@internal/plugin-tenant-releases-common';
import { code, plain } from '../blast/markdown';
import type { TenantFacts } from '../facts/tenantFacts';

/** What the pull request of a roll-back says of a freeze, in Markdown. */
export function passesFreezeText(tenant: string, { until, reason }: Freeze): string {
  return `**Passes a freeze:** ${code(tenant)} is frozen until ${plain(until)}: ${plain(
    reason,
  )}. A roll-back does not wait for its end.`;
}

/** What it says of a hold that it moves, in Markdown. */
export function movesHoldText(
  tenant: string,
  { version, reason, by }: NonNullable<TenantFacts['hold']>,
): string {
  const at = version === undefined ? '' : ` at ${code(version)}`;
  const who = by === undefined ? '' : ` by ${plain(by, 60)}`;
  return `**Moves a hold:** ${code(tenant)} was held${at}${who}: ${plain(reason)}.`;
}
