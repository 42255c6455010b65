import type { Release } from '@internal/plugin-tenant-releases-common';
import { isServing } from '../../domain/serving';
import { Notice } from '../common/Notice';
import { Reasons } from './Reasons';

/** Why a release does not serve although it may run what Git wants, or why nobody knows whether it does. */
export function ServingNotice({ release }: { release: Release }) {
  const { reasons, serving, state } = release;
  const found = reasons.filter(isServing);
  if (found.length > 0) {
    return (
      <Notice kind={state === 'held' ? 'info' : 'error'}>
        <Reasons reasons={found} />
      </Notice>
    );
  }
  return serving?.why ? <Notice kind="info">{serving.why}</Notice> : null;
}
