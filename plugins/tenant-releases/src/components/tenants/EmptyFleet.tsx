import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import type { ReactNode } from 'react';
import type { Fleet } from '../../domain/fleet';
import { troubledSource } from '../../domain/sourceNote';
import { EmptyNotice } from '../common/EmptyNotice';

/**
 * In the place of rows where there are none: why that is so for this user, and the next step. While nobody knows the
 * tenants, or none can be read, the notice of that stands alone: what would be here is beside the point then.
 *
 * @param props.children - what would be here
 */
export function EmptyFleet(props: {
  fleet: Fleet;
  sources: readonly SourceStatus[];
  action?: ReactNode;
  children: ReactNode;
}) {
  const { fleet, sources, action, children } = props;
  if (troubledSource(sources, 'git') || fleet.unreadable) return null;
  return (
    <EmptyNotice action={action}>
      {children} {fleet.notice?.text}
    </EmptyNotice>
  );
}
