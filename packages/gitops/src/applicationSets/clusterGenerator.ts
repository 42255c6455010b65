import type { Checkout } from '../checkout/checkout';
import { at, entriesAt, scalarOf, stringAt, type Traced } from '../traced/traced';
import { normalize } from './goFunctions';
import { meetsSelector } from './selector';
import { unknownValue } from './parameters';

const inCluster = { name: 'in-cluster', server: 'https://kubernetes.default.svc' };

/**
 * The parameters of a cluster generator, as far as they are known without a running Argo CD: clusters whose Secrets are in the
 * repository, else one cluster of which nothing but the generator's own values is known.
 */
export function clusterParameters(checkout: Checkout, clusters: Traced): Traced[] {
  const selector = at(clusters, ['selector']);
  const known = clusterSecrets(checkout).filter(secret =>
    meetsSelector(selector, name => stringAt(secret, ['metadata', 'labels', name])),
  );
  const blocks = known.map(secret =>
    clusterBlock(
      stringAt(secret, ['stringData', 'name']) ?? stringAt(secret, ['metadata', 'name']) ?? '',
      stringAt(secret, ['stringData', 'server']) ?? unknownValue,
      secret,
    ),
  );
  if (blocks.length === 0) {
    // Without a selector, the cluster of Argo CD itself is one of them.
    blocks.push(
      selector
        ? clusterBlock(unknownValue, unknownValue, undefined)
        : clusterBlock(inCluster.name, inCluster.server, undefined),
    );
  }
  return blocks;
}

const secretsOf = new WeakMap<Checkout, Traced[]>();

function clusterSecrets(checkout: Checkout): Traced[] {
  const known = secretsOf.get(checkout);
  if (known) return known;
  const secrets = checkout.files
    .filter(file => /\.ya?ml$/.test(file))
    .filter(file => checkout.text(file)?.includes('argocd.argoproj.io/secret-type'))
    .flatMap(file => checkout.documents(file).map(({ value }) => value))
    .filter(
      value =>
        stringAt(value, ['kind']) === 'Secret' &&
        stringAt(value, ['metadata', 'labels', 'argocd.argoproj.io/secret-type']) === 'cluster',
    );
  secretsOf.set(checkout, secrets);
  return secrets;
}

function clusterBlock(name: string, server: string, secret: Traced | undefined): Traced {
  const metadata: Traced = {
    kind: 'map',
    entries: new Map<string, Traced>([
      ['labels', { kind: 'map', entries: new Map(entriesAt(secret, ['metadata', 'labels'])) }],
      [
        'annotations',
        { kind: 'map', entries: new Map(entriesAt(secret, ['metadata', 'annotations'])) },
      ],
    ]),
  };
  const normal = name === unknownValue ? unknownValue : normalize(name);
  return {
    kind: 'map',
    entries: new Map<string, Traced>([
      ['name', scalarOf(name)],
      ['nameNormalized', scalarOf(normal)],
      ['server', scalarOf(server)],
      ['metadata', metadata],
    ]),
  };
}
