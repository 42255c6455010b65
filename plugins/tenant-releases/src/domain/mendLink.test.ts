import type { ReleaseReason } from '@internal/plugin-tenant-releases-common';
import { createRelease } from '../testing/fixtures';
import { mendLink } from './mendLink';

const release = createRelease();

describe('mendLink', () => {
  it.each<[ReleaseReason['code'], string | undefined]>([
    ['SYNC_FAILED', 'https://argocd.test/applications/tenant-a'],
    ['MANUAL_CHANGE', 'https://argocd.test/applications/tenant-a'],
    ['FILE_INVALID', release.links.values],
    ['HELD', release.links.values],
    ['IMAGE_PULL', 'https://git.test/acme/platform/pull/142'],
    ['CRASH_LOOPING', '#release-logs'],
    ['SOURCE_STALE', undefined],
    ['NEW_CODE' as ReleaseReason['code'], 'https://argocd.test/applications/tenant-a'],
  ])('of %s: %s', (code, expected) => {
    expect(mendLink(code, release)?.to).toBe(expected);
  });

  it('leads nowhere that a browser may not be sent to', () => {
    const links = { argocd: 'data:text/html,alert(1)', values: 'https://git.test/values' };
    expect(mendLink('SYNC_FAILED', { links })).toBeUndefined();
    expect(mendLink('IMAGE_PULL', { links })?.to).toBe('https://git.test/values');
  });
});
