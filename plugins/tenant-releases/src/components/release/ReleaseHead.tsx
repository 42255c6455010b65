import type { Release } from '@internal/plugin-tenant-releases-common';
import { releaseTitle } from '../../domain/pageTitle';
import { releaseSentence } from '../../domain/releaseSentence';
import { LiveDot } from '../common/LiveDot';
import { PageHead } from '../common/PageHead';
import { useFromNow } from '../common/useNow';
import { ReleaseLinks } from './ReleaseLinks';

/** The release in one sentence, and the ways out. */
export function ReleaseHead(props: { release: Release; updatedAt: number; failing: boolean }) {
  const { release, updatedAt, failing } = props;
  const sentence = useFromNow(now => releaseSentence(release, now));
  return (
    <PageHead title={releaseTitle(release)} sentence={sentence}>
      <ReleaseLinks release={release} />
      <LiveDot updatedAt={updatedAt} failing={failing} release={release} />
    </PageHead>
  );
}
