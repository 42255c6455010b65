import { mockCredentials } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import { logsReadPermission } from '@internal/plugin-tenant-releases-common';
import { HiddenReleaseError } from '../permissions/HiddenReleaseError';
import type { ReleaseAccess } from '../permissions/ReleaseAccess';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import { findRelease } from './findRelease';

const credentials = mockCredentials.user();

describe('findRelease', () => {
  const refs = [
    { tenant: 'tenant-a', service: 'demo-api' },
    { tenant: 'tenant-a', service: 'worker' },
  ];
  let isReady: boolean;
  let asked: unknown[][];
  let refusal: Error | undefined;

  const deps = {
    board: {
      ofTenant: (tenant: string) => refs.filter(ref => ref.tenant === tenant),
      isReady: () => isReady,
      resource: ({ tenant, service }: (typeof refs)[number]) => ({ tenant, owner: service }),
    } as unknown as ReleaseBoard,
    access: {
      require: async (...args: unknown[]) => {
        asked.push(args);
        if (refusal) throw refusal;
      },
    } as unknown as ReleaseAccess,
  };
  const find = (tenant: string, service?: string) =>
    findRelease(deps, credentials, { tenant, service }, logsReadPermission);

  beforeEach(() => {
    isReady = true;
    asked = [];
    refusal = undefined;
  });

  it.each([
    ['demo-api', 0],
    ['worker', 1],
    [undefined, 0],
  ])('answers the release of the service %s, once access is given', async (service, index) => {
    expect(await find('tenant-a', service)).toBe(refs[index]);
    const resource = { tenant: 'tenant-a', owner: refs[index].service };
    expect(asked).toEqual([[credentials, resource, logsReadPermission]]);
  });

  it.each<[tenant: string, service: string | undefined]>([
    ['tenant-x', undefined],
    ['tenant-x', 'demo-api'],
    ['tenant-a', 'other'],
  ])('asks for access to %s %s, which is not there, and never answers it', async (...names) => {
    await expect(find(...names)).rejects.toMatchObject({
      name: 'NotFoundError',
      message: 'No such release',
    });
    expect(asked).toEqual([[credentials, undefined, logsReadPermission]]);
  });

  it('hands on a refusal', async () => {
    for (const error of [new HiddenReleaseError(true), new Error('policy away')]) {
      refusal = error;
      await expect(find('tenant-a')).rejects.toBe(error);
    }
  });

  describe('before Git has answered', () => {
    const unknown = {
      name: 'ServiceUnavailableError',
      message: 'Git has not answered yet, so nobody knows the tenants',
    };

    beforeEach(() => {
      isReady = false;
    });

    it('says so, the same for one that Argo CD tells of and one that nobody knows', async () => {
      refusal = new HiddenReleaseError(true);
      await expect(find('tenant-a')).rejects.toMatchObject(unknown);
      refusal = new HiddenReleaseError(false);
      await expect(find('tenant-x')).rejects.toMatchObject(unknown);
    });

    it('answers what is known already, and hands on every other refusal', async () => {
      await expect(find('tenant-a')).resolves.toBe(refs[0]);
      refusal = new NotAllowedError('no');
      await expect(find('tenant-a')).rejects.toBe(refusal);
    });
  });
});
