import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { readAccessConfig } from './readAccessConfig';

const config = (access?: JsonObject) =>
  mockServices.rootConfig({ data: { tenantReleases: access ? { access } : {} } });

describe('readAccessConfig', () => {
  it('gives everything to the group platform, unless said otherwise', () => {
    expect(readAccessConfig(config())).toEqual({
      platformGroups: ['group:default/platform'],
      viewerGroups: [],
      visibleGroups: [],
      serviceOwners: 'numbers',
    });
  });

  it('completes short refs', () => {
    expect(
      readAccessConfig(
        config({
          platformGroups: ['sre', 'Group:acme/Ops'],
          viewerGroups: ['support'],
          visibleGroups: ['developers'],
          serviceOwners: 'names',
        }),
      ),
    ).toEqual({
      platformGroups: ['group:default/sre', 'group:acme/ops'],
      viewerGroups: ['group:default/support'],
      visibleGroups: ['group:default/developers'],
      serviceOwners: 'names',
    });
  });

  it.each([
    ['platformGroups', 'user:default/ada'],
    ['platformGroups', 'group:'],
    ['viewerGroups', 'user:default/ada'],
    ['visibleGroups', 'user:default/ada'],
  ])('refuses in %s the entry %s, and names the key', (name, group) => {
    expect(() => readAccessConfig(config({ [name]: [group] }))).toThrow(
      `tenantReleases.access.${name}`,
    );
  });

  it('refuses a way to see tenants that there is not, and names those that there are', () => {
    expect(() => readAccessConfig(config({ serviceOwners: 'all' }))).toThrow(
      'tenantReleases.access.serviceOwners: "all" is not known; write numbers, names, nothing',
    );
  });
});
