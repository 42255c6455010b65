import type { LeftOut } from '@internal/plugin-tenant-releases-common';
import type { PodRecord } from '../running/PodRecord';
import { applicationKey, type ApplicationRecord } from '../sync/ApplicationRecord';
import type { SourceSurvey } from './SourceReports';

/** Naming more fields of one object helps nobody. */
const maxFields = 3;

const strayReason =
  'Its name, project and namespace are those of a tenant, and Git holds no file of that tenant: add the file, or delete the Application.';

/**
 * What became of the Applications of one Argo CD instance.
 *
 * @param used - those that releases have
 * @param strays - those that look like a tenant's, of whom Git holds no file
 */
export function surveyApplications(
  records: readonly ApplicationRecord[],
  {
    used,
    strays,
  }: { used: ReadonlySet<ApplicationRecord>; strays: ReadonlySet<ApplicationRecord> },
  told: readonly LeftOut[],
): SourceSurvey {
  const toldNames = new Set(told.map(({ name }) => name));
  const isTold = (record: ApplicationRecord) => toldNames.has(applicationKey(record));
  const isOdd = ({ unreadable }: ApplicationRecord) => unreadable.length > 0;
  const idle = records.filter(record => !used.has(record));
  const others = idle.filter(record => !isTold(record) && !isOdd(record) && !strays.has(record));
  const own = others.filter(({ gitops }) => gitops);
  const foreign = others.filter(({ gitops }) => !gitops);
  const entry = (record: ApplicationRecord, reason: string): LeftOut => ({
    kind: 'application',
    name: applicationKey(record),
    reason,
  });
  return {
    counts: [
      { what: 'Applications', count: records.length },
      { what: 'With a release', count: records.length - idle.length },
      { what: 'Left out', count: idle.length - others.length },
      { what: 'Of the GitOps repository, without a release', count: own.length },
      { what: 'Of other repositories', count: foreign.length },
    ],
    leftOut: [
      ...told,
      ...records
        .filter(record => isOdd(record) && !isTold(record))
        .map(record => entry(record, oddFields(record))),
      ...idle
        .filter(record => strays.has(record) && !isTold(record) && !isOdd(record))
        .map(record => entry(record, strayReason)),
    ],
    unused: [
      ...own.map(record => entry(record, ownReason(record))),
      ...foreign.map(record => entry(record, 'It takes nothing from the GitOps repository.')),
    ],
  };
}

/** What became of the pods of one cluster. @param used - those that carry the labels of a release */
export function surveyPods(
  pods: readonly PodRecord[],
  used: ReadonlySet<PodRecord>,
  told: readonly LeftOut[],
): SourceSurvey {
  const entry = (pod: PodRecord, reason: string): LeftOut => ({
    kind: 'pod',
    name: `${pod.namespace}/${pod.name}`,
    reason,
  });
  const idle = pods.filter(pod => !used.has(pod));
  return {
    counts: [
      // Those that only Argo CD's tree names are none of them.
      { what: 'Pods found by label', count: pods.length },
      { what: 'With a release', count: pods.length - idle.length },
      { what: 'Without a release', count: idle.length },
    ],
    leftOut: [
      ...told,
      ...pods
        .filter(({ unreadable }) => unreadable.length > 0)
        .map(pod => entry(pod, oddFields(pod))),
    ],
    unused: idle.map(pod =>
      entry(
        pod,
        pod.sets
          ? 'No release has its namespace and labels.'
          : `Its labels name tenant ${pod.tenant} and service ${pod.service}, and no release of that name is in namespace ${pod.namespace}.`,
      ),
    ),
  };
}

function oddFields({ unreadable }: { unreadable: readonly string[] }): string {
  const fields = unreadable.slice(0, maxFields).join(', ');
  const more = unreadable.length > maxFields ? ` and ${unreadable.length - maxFields} more` : '';
  return `What cannot be read of it is left out: ${fields}${more}. Correct the object.`;
}

function ownReason({ gitops }: ApplicationRecord): string {
  const { files = [], folder, chart } = gitops ?? {};
  const place = files[0] ?? (folder || chart || 'the root');
  return `It renders ${place} of the GitOps repository and belongs to no release. That is right for the platform's own and for an Application of Applications; else correct what the layouts claim.`;
}
