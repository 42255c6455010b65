import { mockServices } from '@backstage/backend-test-utils';
import { readPlatformGroups } from './readPlatformGroups';

const config = (platformGroups?: unknown) =>
  mockServices.rootConfig({ data: { tenantReleases: { access: { platformGroups } } } as any });

describe('readPlatformGroups', () => {
  it('is the group platform unless said otherwise', () => {
    expect(readPlatformGroups(config())).toEqual(['group:default/platform']);
  });

  it('completes short refs', () => {
    expect(readPlatformGroups(config(['sre', 'Group:acme/Ops']))).toEqual([
      'group:default/sre',
      'group:acme/ops',
    ]);
  });

  it.each(['user:default/ada', 'group:'])('refuses %s and names the key', group => {
    expect(() => readPlatformGroups(config([group]))).toThrow(
      /tenantReleases\.access\.platformGroups/,
    );
  });
});
