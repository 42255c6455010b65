import type { Release } from '@internal/plugin-tenant-releases-common';
import type { StripExplanation } from '../../domain/releaseStrip';
import { Notice } from '../common/Notice';
import { Reasons } from './Reasons';

/** Where a release stopped and why: each reason with its age and where it can be mended. */
export function Explanation(props: { release: Release; explanation: StripExplanation }) {
  const { release, explanation } = props;
  const { fact, reasons } = explanation;
  const isTrouble = release.delivery === 'degraded' || release.delivery === 'drifted';
  return (
    <Notice kind={isTrouble ? 'error' : 'info'}>
      {fact && <strong>{fact}</strong>}
      <Reasons reasons={reasons} />
    </Notice>
  );
}
