import { tenantNamePattern, tenantNameProblem } from './tenantName';

const long = (length: number) => 'a'.repeat(length);

describe('tenantNameProblem', () => {
  it.each([
    'a',
    'a1',
    'tenant-a',
    'a--b',
    long(40),
    'kube',
    'fence',
    'a-fence-b',
    'defaults',
    'my-root',
  ])('takes %s', name => {
    expect(tenantNameProblem(name)).toBeUndefined();
    expect(name).toMatch(new RegExp(tenantNamePattern));
  });

  it.each<[name: unknown, message: string]>([
    [undefined, 'name: is required'],
    ['', 'name: is required'],
    [7, 'name: is required'],
    [long(41), 'name: must be at most 40 characters, this one has 41'],
    ...[
      'A',
      '1a',
      '-a',
      'a-',
      'a_b',
      'a.b',
      'a b',
      'a/b',
      '..',
      '../a',
      'a\n',
      '\na',
      'ä',
      'a\u0000',
    ].map((name): [string, string] => [name, 'name: must start with a lower-case letter']),
    ...[
      'default',
      'argocd',
      'observability',
      'platform',
      'root',
      'kube-system',
      'kube-x',
      'a-fence',
    ].map((name): [string, string] => [name, `name: "${name}" is reserved for the platform`]),
  ])('refuses %j: %s', (name, message) => {
    expect(tenantNameProblem(name)).toContain(message);
  });
});
