import type { ServiceVersions } from '@internal/plugin-tenant-releases-common';
import { serviceSentence } from '../../domain/serviceVersions';
import { LiveDot } from '../common/LiveDot';
import { Notice } from '../common/Notice';
import { PageHead } from '../common/PageHead';
import { Section } from '../common/Section';
import { StaleNotice } from '../common/StaleNotice';
import { CommitsSection } from './CommitsSection';
import { VersionTable } from './VersionTable';

/** A service as its developers see it: its versions over all tenants, with or without the names of these. */
export function ServiceOverview(props: {
  answer: ServiceVersions;
  error: Error | null;
  updatedAt: number;
}) {
  const { answer, error, updatedAt } = props;
  const { service, versions, windowSeconds, notice } = answer;
  return (
    <>
      <PageHead title={service} sentence={serviceSentence(answer)}>
        <LiveDot updatedAt={updatedAt} failing={error !== null} />
      </PageHead>
      <StaleNotice error={error} updatedAt={updatedAt} />
      {notice && <Notice kind="info">{notice.text}</Notice>}
      <Section title="Versions">
        <VersionTable versions={versions} windowSeconds={windowSeconds} />
      </Section>
      <CommitsSection service={service} versions={versions} />
    </>
  );
}
