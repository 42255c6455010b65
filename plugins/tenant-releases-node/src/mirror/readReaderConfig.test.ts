import { ConfigReader } from '@backstage/config';
import { readReaderConfig } from './readReaderConfig';

const read = (gitops: object, backend: object = {}) =>
  readReaderConfig(new ConfigReader({ backend }), {
    gitops: { key: 'tenantReleases.gitops' },
    settings: new ConfigReader({ tenantReleases: { gitops } }),
    isOwn: true,
  });

it('reads by the API unless a mirror is wanted', () => {
  expect(read({})).toMatchObject({ reader: 'api' });
  expect(read({ reader: 'api', mirrorDirectory: '/data' })).toEqual({
    reader: 'api',
    directory: '/data',
  });
});

it('keeps mirrors where it is told to, else where the backend works, else among temporary files', () => {
  const reader = 'mirror';
  expect(read({ reader, mirrorDirectory: '/data' })).toEqual({ reader, directory: '/data' });
  const working = read({ reader }, { workingDirectory: '/var/backstage' });
  expect(working).toEqual({ reader, directory: '/var/backstage/tenant-releases-mirrors' });
  const temporary = read({ reader });
  expect(temporary).toMatchObject({ directory: expect.stringMatching(/mirrors-\d+$/) });
});

it.each([
  [{ reader: 'git' }, 'tenantReleases.gitops.reader is not known; set it to mirror or api'],
  [{ reader: 'mirror', mirrorDirectory: 'data' }, 'must be the absolute path of a folder'],
  [{ reader: 'mirror', mirrorDirectory: 5 }, 'must be the absolute path of a folder'],
])('refuses %j', (gitops, message) => {
  expect(() => read(gitops)).toThrow(message);
});
