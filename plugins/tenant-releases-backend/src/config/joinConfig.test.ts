import { ConfigReader } from '@backstage/config';
import { readApplicationExpectations, readGraceSeconds, readPodLabels } from './joinConfig';

const config = (tenantReleases: object) =>
  new ConfigReader({ tenantReleases: { ...tenantReleases } });

describe('readApplicationExpectations', () => {
  const read = (applications?: object) =>
    readApplicationExpectations(config(applications ? { applications } : {}));

  it.each<[string, object | undefined, object]>([
    ['nothing', undefined, { projects: ['{tenant}'], namespaces: ['{tenant}'] }],
    ['an empty object', {}, { projects: ['{tenant}'], namespaces: ['{tenant}'] }],
    ['a name', { project: 'customers' }, { projects: ['customers'], namespaces: ['{tenant}'] }],
    [
      'a pattern',
      { namespace: '{tenant}-prod' },
      { projects: ['{tenant}'], namespaces: ['{tenant}-prod'] },
    ],
    [
      'several',
      { project: ['a', 'b-{tenant}', 'c*'] },
      { projects: ['a', 'b-{tenant}', 'c*'], namespaces: ['{tenant}'] },
    ],
  ])('reads %s', (_, applications, expected) => {
    expect(read(applications)).toEqual(expected);
  });

  it.each<[string, object, RegExp]>([
    [
      'any name',
      { project: '*' },
      /tenantReleases\.applications\.project has.*must be a name such as/,
    ],
    ['any name, in a list', { namespace: ['a', '*x'] }, /namespace\[1\].*must be a name such as/],
    ['another placeholder', { project: '{service}' }, /can hold \{tenant\} and no other/],
    ['a placeholder twice', { project: '{tenant}-{tenant}' }, /can hold \{tenant\} and no other/],
    [
      'a placeholder that is not closed',
      { project: '{tenant' },
      /can hold \{tenant\} and no other/,
    ],
    ['capitals', { project: 'Customers' }, /must be a name such as/],
    ['no name', { project: '' }, /project/],
    ['an empty list', { project: [] }, /project/],
    ['a number', { namespace: 5 }, /namespace/],
    ['another key', { projects: 'a' }, /projects/],
  ])('refuses %s', (_, applications, message) => {
    expect(() => read(applications)).toThrow(message);
    expect(() => read(applications)).toThrow(/tenantReleases\.applications/);
  });
});

describe('readPodLabels', () => {
  const read = (pods?: object) => readPodLabels(config(pods ? { pods } : {}));
  const defaults = { tenant: 'tenant-releases.io/tenant', service: 'tenant-releases.io/service' };

  it('reads labels, each with its default', () => {
    expect(read()).toEqual(defaults);
    expect(read({ tenantLabel: 'example.com/tenant' })).toEqual({
      ...defaults,
      tenant: 'example.com/tenant',
    });
    expect(read({ serviceLabel: 'app' })).toEqual({ ...defaults, service: 'app' });
  });

  it.each(['', '/x', 'x/', '-x', 'a b', 'a/b/c', 'x'.repeat(64), 'Example.com/x', 'x,y=z'])(
    'refuses %p, which is no label',
    tenantLabel => {
      expect(() => read({ tenantLabel })).toThrow(/tenantReleases\.pods.*tenantLabel/);
    },
  );

  it('takes a label of 63 characters', () => {
    expect(read({ tenantLabel: 'x'.repeat(63) }).tenant).toHaveLength(63);
  });
});

describe('readGraceSeconds', () => {
  const read = (grace?: unknown) => readGraceSeconds(config(grace === undefined ? {} : { grace }));

  it.each<[unknown, number]>([
    [undefined, 60],
    [0, 0],
    [3600, 3600],
    [{ minutes: 2 }, 120],
    [{ seconds: 30 }, 30],
    [{ minutes: 1, seconds: 30 }, 90],
    [{}, 0],
  ])('reads %p', (grace, expected) => {
    expect(read(grace)).toBe(expected);
  });

  it.each([-1, 3601, '60', { hours: 1 }, { minutes: -1 }, { seconds: 'x' }, [60]])(
    'refuses %p',
    grace => {
      expect(() => read(grace)).toThrow(/tenantReleases\.grace/);
    },
  );
});
