import { application, repository, testCheckout } from '../__testUtils__/releases';
import { TemplateError } from '../applicationSets/TemplateError';
import { argocdApplications } from './argocdApplications';

const applicationSet = (generator: string) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: tenants, namespace: deployments, labels: { of: the-set } }
spec:
  goTemplate: true
  generators: [${generator}]
  template:
    metadata: { name: '{{.path.basename}}', labels: { of: '{{.path.basename}}' } }
    spec:
      project: default
      source: { repoURL: ${repository}, path: '{{.path.path}}' }
      destination: { name: in-cluster, namespace: '{{.path.basename}}' }
      syncPolicy: { automated: { prune: true } }
`;
const folders = (address: string) =>
  `{ git: { repoURL: '${address}', revision: main, directories: [{ path: overlays/* }] } }`;

it('has what stands in the repository, and what ApplicationSets make of it, as whole objects', () => {
  const checkout = testCheckout({
    'apps/shop.yaml': application('shop', '    path: shop'),
    'sets.yaml': applicationSet(folders(repository.replace('.git', ''))),
    'overlays/acme/kustomization.yaml': '',
    'overlays/bravo/kustomization.yaml': '',
    'docs/apps/sample.yaml': application('sample', '    path: sample'),
  });
  const found = argocdApplications(checkout, repository);
  expect(found.map(({ name, applicationSet: set }) => [name, set])).toEqual([
    ['shop', undefined],
    ['acme', 'tenants'],
    ['bravo', 'tenants'],
  ]);
  expect(found[0].object).toMatchObject({
    metadata: { name: 'shop' },
    spec: { project: 'default' },
  });
  expect(found[1].object).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'acme', namespace: 'deployments', labels: { of: 'acme' } },
    spec: {
      project: 'default',
      source: { repoURL: repository, path: 'overlays/acme' },
      destination: { name: 'in-cluster', namespace: 'acme' },
      syncPolicy: { automated: { prune: true } },
    },
  });
});

it.each([
  ['of another repository', folders('https://git.example.com/acme/other.git'), /acme\/other/],
  ['that asks a server', '{ pullRequest: {} }', /pullRequest generator/],
])('names an ApplicationSet with a generator %s', (_, generator, reason) => {
  const checkout = testCheckout({ 'sets.yaml': applicationSet(generator) });
  const run = () => argocdApplications(checkout, repository);
  expect(run).toThrow(TemplateError);
  expect(run).toThrow(/^ApplicationSet tenants: /);
  expect(run).toThrow(reason);
});
