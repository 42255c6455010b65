// eslint-disable-next-line @backstage/no-undeclared-imports -- only tests import this file
import fc from 'fast-check';

/** A tenant file as plain data, ready to be written as YAML 1.1. */
export type TenantValues = Record<string, any>;

/** What charts/tenant/tiers.yaml and platform.yaml say, of which these arbitraries need a part. */
export interface ChartRules {
  tiers: Record<string, { replicas: number; quota: Record<string, string> }>;
  platform: {
    container: { min: Record<string, string>; max: Record<string, string> };
    ingress: { domains: string[]; classes: string[] };
  };
}

/** The resources of a container that requests and limits name. */
const computeResources = ['cpu', 'memory', 'ephemeral-storage'];

/** Units of what is generated: millicores and MiB. */
function amountOf(text: string): number {
  const [, number, unit] = /^([\d.]+)(m|Ki|Mi|Gi)?$/.exec(text) ?? [];
  const factor = { m: 1, Ki: 1 / 1024, Mi: 1, Gi: 1024 }[unit ?? ''] ?? 1000;
  return Number(number) * factor;
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,18}[a-z0-9]$/);
const reserved = /^(default|argocd|observability|platform|root|kube-.*|.*-fence)$/;

/** Names of tenants; some are what YAML 1.1 reads as something else. */
export const arbitraryTenantName = fc
  .oneof(
    { weight: 8, arbitrary: label },
    { weight: 1, arbitrary: fc.constantFrom('y', 'n', 'no', 'on', 'off', 'null', 'true', 'e1') },
    { weight: 1, arbitrary: fc.stringMatching(/^[a-z][a-z0-9-]{38}[a-z0-9]$/) },
  )
  .filter(name => !reserved.test(name));

/** Immutable tags; some look like numbers. */
export const arbitraryVersion = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^sha-[0-9a-f]{7}$/) },
  { weight: 1, arbitrary: fc.constantFrom('1.10', '0x10', '1e3', '007', '_', 'v1.2.3-rc.1') },
  { weight: 1, arbitrary: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{100,127}$/) },
);

const displayName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter(text => [...text].length <= 80 && !/\p{Cc}/u.test(text));

const since = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map(date => date.toISOString());

const hold = fc.record({
  version: arbitraryVersion,
  reason: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 }),
  by: label.map(name => `user:default/${name}`),
  since,
});

const tenant = (tier: string) =>
  fc.record(
    {
      name: arbitraryTenantName,
      displayName,
      owner: fc.tuple(label, label).map(([namespace, name]) => `group:${namespace}/${name}`),
      tier: fc.constant(tier),
      ring: fc.integer({ min: 0, max: 9 }),
      contact: label.map(name => `${name}@example.com`),
      hold,
    },
    { requiredKeys: ['name', 'displayName', 'owner', 'tier', 'ring', 'contact'] },
  );

const hex64 = fc.stringMatching(/^[0-9a-f]{64}$/);

const image = fc
  .record({ tag: arbitraryVersion, digest: fc.option(hex64), named: fc.boolean() })
  .map(({ tag, digest, named }) => ({
    repository: 'ghcr.io/acme/demo-api',
    tag,
    ...(digest ? { digest: `${named ? `${tag}@` : ''}sha256:${digest}` } : {}),
  }));

/** How many pods run, and by which keys: fewest and most. */
const scaling = (room: number) =>
  fc.oneof(
    fc.constant({ keys: {}, pods: undefined }),
    fc.integer({ min: 0, max: room }).map(pods => ({
      keys: { replicas: pods },
      pods: [pods, pods],
    })),
    fc
      .tuple(fc.integer({ min: 2, max: room }), fc.integer({ min: 2, max: room }))
      .chain(([one, other]) => {
        const pods = [Math.min(one, other), Math.max(one, other)];
        return fc.integer({ min: 10, max: 95 }).map(targetCPUUtilizationPercentage => ({
          keys: {
            autoscaling: {
              enabled: true,
              minReplicas: pods[0],
              maxReplicas: pods[1],
              targetCPUUtilizationPercentage,
            },
          },
          pods,
        }));
      }),
  );

function written(resource: string, amount: number) {
  return resource === 'cpu'
    ? fc.constantFrom<string | number>(`${amount}m`, amount / 1000)
    : fc.constantFrom(`${amount}Mi`, `${amount * 1024}Ki`);
}

/** Requests and limits that fit the container, the tier and each other. */
function resources(rules: ChartRules, quota: Record<string, string>, pods: number) {
  const each = (kind: string, resource: string) =>
    Math.floor(amountOf(quota[`${kind}.${resource}`]) / (pods + 1));
  const pairs = computeResources.map(resource => {
    const most = Math.min(
      each('limits', resource),
      amountOf(rules.platform.container.max[resource]),
    );
    const least = amountOf(rules.platform.container.min[resource]);
    return fc
      .integer({ min: least, max: most })
      .chain(limit =>
        fc
          .tuple(
            fc.integer({ min: least, max: Math.min(limit, each('requests', resource)) }),
            fc.constant(limit),
          )
          .chain(([request, upper]) =>
            fc.tuple(written(resource, request), written(resource, upper)),
          ),
      )
      .map(([request, limit]) => ({ resource, request, limit }));
  });
  return fc.tuple(...pairs).map(amounts => ({
    resources: {
      requests: Object.fromEntries(amounts.map(item => [item.resource, item.request])),
      limits: Object.fromEntries(amounts.map(item => [item.resource, item.limit])),
    },
  }));
}

const budget = (fewest: number) =>
  fc.record({
    podDisruptionBudget: fc.record(
      {
        enabled: fc.boolean(),
        maxUnavailable: fc.integer({ min: 1, max: Math.max(1, fewest - 1) }),
      },
      { requiredKeys: [] },
    ),
  });

const verticalAutoscaling = fc.record({
  verticalAutoscaling: fc.record({
    enabled: fc.boolean(),
    mode: fc.constantFrom<unknown>('Off', 'Initial', 'Recreate', 'InPlaceOrRecreate', false),
  }),
});

const metrics = fc.record({
  metrics: fc.record({
    scrape: fc.constantFrom('annotations', 'podMonitor', 'serviceMonitor'),
    interval: fc.integer({ min: 5, max: 300 }).map(seconds => `${seconds}s`),
  }),
});

const variable = fc
  .stringMatching(/^[A-Z][A-Z0-9_]{3,20}$/)
  .filter(
    name =>
      !/^(LD_|NODE_|KUBERNETES_)/.test(name) &&
      !/^(TENANT|POD_NAME|LOG_LEVEL|PORT|HOST|VERSION|COMMIT|PATH|HOSTNAME)$/.test(name),
  );

const externalSecret = fc.record({
  externalSecret: fc.record({
    enabled: fc.constant(true),
    refreshInterval: fc.constantFrom('15m', '1h'),
    variables: fc.dictionary(
      variable,
      fc.record(
        { key: fc.constantFrom('database', 'partners/acme'), property: fc.constant('url') },
        { requiredKeys: ['key'] },
      ),
      { minKeys: 1, maxKeys: 4, noNullPrototype: true },
    ),
  }),
});

const ingress = (rules: ChartRules, name: string) =>
  fc.record({
    ingress: fc.record(
      {
        enabled: fc.boolean(),
        className: fc.constantFrom(...rules.platform.ingress.classes),
        host: fc.constantFrom(...rules.platform.ingress.domains.map(each => `${name}.${each}`)),
        tls: fc.record(
          { enabled: fc.boolean(), secretName: label, clusterIssuer: label },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    ),
  });

const maybe = (arbitrary: fc.Arbitrary<TenantValues>): fc.Arbitrary<TenantValues> =>
  fc.option(arbitrary, { nil: {} });

/** Tenant files that charts/tenant and charts/tenant-fence take, with every option that a file has. */
export function arbitraryTenantFile(rules: ChartRules): fc.Arbitrary<TenantValues> {
  return fc.constantFrom(...Object.keys(rules.tiers)).chain(tier => {
    const { quota, replicas } = rules.tiers[tier];
    const room = Math.min(20, Number(quota.pods) - 1);
    return fc.tuple(tenant(tier), image, scaling(room)).chain(([owner, what, scale]) => {
      const [fewest, most] = scale.pods ?? [replicas, replicas];
      return fc
        .tuple(
          maybe(resources(rules, quota, most)),
          maybe(budget(fewest)),
          maybe(verticalAutoscaling),
          maybe(metrics),
          maybe(externalSecret),
          maybe(ingress(rules, owner.name)),
          maybe(fc.record({ egress: fc.record({ internet: fc.boolean() }) })),
          maybe(fc.record({ logLevel: fc.constantFrom('debug', 'info', 'warn', 'error') })),
        )
        .map(parts => Object.assign({ tenant: owner, image: what }, scale.keys, ...parts));
    });
  });
}

/** A tenant file with one thing wrong, and a word that the refusal has to hold. */
export interface BrokenTenantFile {
  values: TenantValues;
  /** The last part of the key that is wrong. */
  key: string;
}

function changed(values: TenantValues, path: string[], change: (node: any, key: string) => void) {
  const copy = structuredClone(values);
  let node = copy;
  for (const key of path.slice(0, -1)) node = node[key] ??= {};
  change(node, path[path.length - 1]);
  return { values: copy, key: path[path.length - 1] };
}

/** Keys that a list can be put at, which no key of a tenant file is. */
const places = [
  ['tenant', 'name'],
  ['tenant', 'displayName'],
  ['tenant', 'tier'],
  ['tenant', 'ring'],
  ['image', 'tag'],
  ['image', 'repository'],
  ['replicas'],
  ['logLevel'],
  ['resources', 'limits', 'cpu'],
  ['resources', 'requests', 'memory'],
  ['autoscaling', 'maxReplicas'],
  ['verticalAutoscaling', 'mode'],
  ['podDisruptionBudget', 'maxUnavailable'],
  ['metrics', 'scrape'],
  ['externalSecret', 'store', 'kind'],
  ['ingress', 'tls', 'enabled'],
  ['egress', 'internet'],
];

const required = [
  ['tenant', 'name'],
  ['tenant', 'displayName'],
  ['tenant', 'owner'],
  ['tenant', 'tier'],
  ['tenant', 'ring'],
  ['tenant', 'contact'],
  ['image', 'repository'],
  ['image', 'tag'],
];

/** Where maps are that take no key they do not know. */
const maps = [
  [],
  ['tenant'],
  ['image'],
  ['resources', 'limits'],
  ['autoscaling'],
  ['ingress', 'tls'],
];

/** Keys at which a value of the right type is still not to be had, with that value. */
const tooMuch: Array<[path: string[], value: unknown]> = [
  [['tenant', 'name'], 'kube-public'],
  [['tenant', 'ring'], 10],
  [['tenant', 'tier'], 'gold'],
  [['tenant', 'contact'], 'nobody'],
  [['image', 'tag'], 'latest'],
  [['replicas'], 21],
  [['resources', 'limits', 'cpu'], '100'],
  [['resources', 'limits', 'memory'], '64Gi'],
  [['resources', 'limits', 'ephemeral-storage'], '500Gi'],
  [['ingress', 'host'], 'not a host'],
];

/** Tenant files that are valid but for one thing. */
export function arbitraryBrokenTenantFile(rules: ChartRules): fc.Arbitrary<BrokenTenantFile> {
  const set = (value: unknown) => (node: any, key: string) => {
    node[key] = value;
  };
  return arbitraryTenantFile(rules).chain(values =>
    fc.oneof(
      fc
        .tuple(fc.constantFrom(...places), fc.constantFrom<unknown>([], ['a'], [1]))
        .map(([path, value]) => changed(values, path, set(value))),
      fc.constantFrom(...required).map(path =>
        changed(values, path, (node, key) => {
          delete node[key];
        }),
      ),
      fc
        .tuple(
          fc.constantFrom(...maps),
          fc.string({ unit: fc.constantFrom(...lower), minLength: 16, maxLength: 24 }),
        )
        .map(([path, key]) => changed(values, [...path, key], set(1))),
      fc.constantFrom(...tooMuch).map(([path, value]) => changed(values, path, set(value))),
    ),
  );
}
