import type { ApplicationRecord } from '../sync/ApplicationRecord';
import { destinationOf } from './destination';

type Details = NonNullable<ApplicationRecord['details']>;
const find = (
  destination: ApplicationRecord['destination'],
  details?: Partial<Details>,
  unreadable: string[] = [],
) => destinationOf({ destination, details, unreadable } as ApplicationRecord);

describe('destinationOf', () => {
  it.each<[string, ApplicationRecord['destination'], string]>([
    ['a name', { name: 'prod-eu' }, 'prod-eu'],
    ['a name of any length', { name: `x\n${'y'.repeat(1_000_000)}` }, `x ${'y'.repeat(250)}…`],
    ['a name before a server', { name: 'prod-eu', server: 'https://1.2.3.4' }, 'prod-eu'],
    ['the cluster of Argo CD', { server: 'https://kubernetes.default.svc' }, 'in-cluster'],
    ['the same with a slash', { server: 'https://kubernetes.default.svc/' }, 'in-cluster'],
    ['the same with its port', { server: 'https://kubernetes.default.svc:443' }, 'in-cluster'],
    ['the same in capitals', { server: 'HTTPS://Kubernetes.default.svc' }, 'in-cluster'],
    ['an address', { server: 'https://api.example.com:6443' }, 'api.example.com:6443'],
    [
      'an address with a path',
      { server: 'https://rancher.example.com/k8s/clusters/c-1' },
      'rancher.example.com',
    ],
    [
      'an address with a secret',
      { server: 'https://me:hunter2@api.example.com?token=hunter2' },
      'api.example.com',
    ],
    ['an address without TLS', { server: 'http://api.example.com' }, 'api.example.com'],
    ['a host of any length', { server: `https://${'y'.repeat(1_000)}` }, `${'y'.repeat(252)}…`],
  ])('tells %s', (_, destination, cluster) => {
    expect(find(destination)).toEqual({ cluster });
  });

  it.each<[string, ApplicationRecord['destination'], string]>([
    ['neither', {}, 'spec.destination names neither a server nor a cluster'],
    [
      'empty texts',
      { name: '', server: '' },
      'spec.destination names neither a server nor a cluster',
    ],
    ['a template', { server: '{{.server}}' }, 'spec.destination.server is no address'],
    ['a host', { server: 'api.example.com' }, 'spec.destination.server is no address'],
    ['a secret', { server: 'hunter2' }, 'spec.destination.server is no address'],
    [
      'an odd port',
      { server: 'https://api.example.com:hunter2' },
      'spec.destination.server is no address',
    ],
    [
      'another scheme',
      { server: 'ssh://hunter2@api.example.com' },
      'spec.destination.server is no http or https address',
    ],
    [
      'a host with port',
      { server: 'api.example.com:6443' },
      'spec.destination.server is no http or https address',
    ],
  ])('says what is wrong with %s, and repeats no part of it', (_, destination, problem) => {
    expect(find(destination)).toEqual({ cluster: '', problem });
  });

  it('goes by what Argo CD says of it', () => {
    const details = { destinationProblem: 'there are no clusters with this name: prod-eu' };
    expect(find({ name: 'prod-eu' }, details)).toEqual({
      cluster: 'prod-eu',
      problem: details.destinationProblem,
    });
    expect(find({ server: 'https://api.example.com' }, details)).toEqual({
      cluster: '',
      problem: details.destinationProblem,
    });
    expect(find({ name: 'prod-eu' }, { problem: 'no chart' })).toEqual({ cluster: 'prod-eu' });
  });

  it.each([['spec.destination.server'], ['spec.destination'], ['spec']])(
    'blames nobody while %s cannot be read',
    field => expect(find({}, undefined, [field])).toEqual({ cluster: '' }),
  );
});
