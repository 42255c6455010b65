import type { ReleaseReason } from '@internal/plugin-tenant-releases-common';
import { mendLink } from './mendLink';

const href = 'https://mend.test/';

describe('mendLink', () => {
  it.each<[Pick<ReleaseReason, 'code' | 'link'>, unknown]>([
    [
      { code: 'SYNC_FAILED', link: { kind: 'argocd', href, text: 'Argo CD' } },
      { label: 'Open in Argo CD', to: href },
    ],
    [
      { code: 'FILE_INVALID', link: { kind: 'values', href, text: 'Tenant file' } },
      { label: 'Open the tenant’s file', to: href },
    ],
    [
      { code: 'GIT_AHEAD', link: { kind: 'pull-request', href, text: 'Pull request #12' } },
      { label: 'Open pull request #12', to: href },
    ],
    [
      { code: 'FROZEN', link: { kind: 'policy', href, text: 'Release policy' } },
      { label: 'Open the release policy', to: href },
    ],
    // They are on the same page.
    [
      { code: 'HEALTH_DEGRADED', link: { kind: 'logs', href, text: 'Logs' } },
      { label: 'See the logs', to: '#release-logs' },
    ],
    [
      { code: 'CRASH_LOOPING', link: { kind: 'argocd', href, text: 'Argo CD' } },
      { label: 'See the logs', to: '#release-logs' },
    ],
    [{ code: 'SOURCE_STALE' }, undefined],
    [
      { code: 'HELD', link: { kind: 'values', href: 'data:text/html,alert(1)', text: '' } },
      undefined,
    ],
  ])('%j: %j', (reason, expected) => {
    expect(mendLink(reason)).toEqual(expected);
  });
});
