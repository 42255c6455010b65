import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseTenantFile } from '@internal/plugin-tenant-releases-common';
import Ajv from 'ajv';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { realHelm, repositoryRoot } from './helm';

// Real helm, on a machine that may be busy.
jest.setTimeout(30_000);

const run = promisify(execFile);

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels: Record<string, string> };
  spec?: any;
  [key: string]: unknown;
}

const good = {
  tenant: {
    name: 'tenant-c',
    displayName: 'Initech',
    owner: 'group:default/tenant-c-owners',
    tier: 'standard',
    ring: 2,
    contact: 'platform@example.com',
  },
  image: { repository: 'ghcr.io/acme/demo-api', tag: 'sha-1a2b3c4' },
};
const hold = {
  version: 'sha-1a2b3c4',
  reason: 'errors',
  by: 'user:default/ada',
  since: '2026-11-23T10:00:00Z',
};

/** The good file with some of its tenant's keys set; undefined takes a key away. */
const tenant = (changes: Record<string, unknown>) => ({
  ...good,
  tenant: { ...good.tenant, ...changes },
});
const tag = (value: unknown) => ({ ...good, image: { ...good.image, tag: value } });

/** Helm reads YAML 1.1, to which a bare y is a boolean. */
const yaml11 = { version: '1.1' } as const;

let helm: string;
let dir: string;

beforeAll(async () => {
  helm = await realHelm();
  dir = await mkdtemp(path.join(os.tmpdir(), 'charts-'));
});

afterAll(() => rm(dir, { recursive: true, force: true }));

async function callHelm(command: string[], chart: string, values: string): Promise<string> {
  const args = [...command, path.join(repositoryRoot, 'charts', chart), '--values', values];
  const { stdout } = await run(helm, args, { env: { HOME: dir, PATH: process.env.PATH } });
  return stdout;
}

async function template(
  chart: string,
  values: object | string,
  namespace?: string,
): Promise<Manifest[]> {
  const file = path.join(dir, 'values.yaml');
  await writeFile(file, typeof values === 'string' ? values : stringify(values, yaml11));
  const { tenant: block } = typeof values === 'string' ? parse(values) : (values as typeof good);
  const stdout = await callHelm(
    ['template', 'release', '--namespace', namespace ?? String(block?.name)],
    chart,
    file,
  );
  return parseAllDocuments(stdout)
    .map(document => document.toJS() as Manifest | null)
    .filter(manifest => manifest !== null);
}

async function templateOne(
  chart: string,
  kind: string,
  values: object | string,
): Promise<Manifest> {
  const found = (await template(chart, values)).filter(manifest => manifest.kind === kind);
  expect(found).toHaveLength(1);
  return found[0];
}

const filesIn = async (folder: string) =>
  (await readdir(path.join(repositoryRoot, folder))).map(name => `${folder}/${name}`);

describe.each(['tenant', 'tenant-fence'])('charts/%s', chart => {
  it.each(['tenant', 'tenant-fence'])(
    '%s refuses to go to another namespace than the tenant that the file names',
    async name => {
      await expect(template(name, good, 'tenant-a')).rejects.toThrow(
        /tenant\.name: is "tenant-c", but the release goes to the namespace "tenant-a"/,
      );
    },
  );

  it('passes helm lint --strict with every tenant of the repository and every example', async () => {
    const files = [...(await filesIn('gitops/tenants')), ...(await filesIn(`charts/${chart}/ci`))];
    expect(files.length).toBeGreaterThanOrEqual(4);
    for (const file of files) {
      const output = await callHelm(['lint', '--strict'], chart, path.join(repositoryRoot, file));
      expect(output).toContain('1 chart(s) linted, 0 chart(s) failed');
    }
  });

  it('makes one object of each template, in the namespace of the tenant', async () => {
    const templates = (await filesIn(`charts/${chart}/templates`)).filter(file =>
      file.endsWith('.yaml'),
    );
    const manifests = await template(chart, good);
    expect(manifests).toHaveLength(templates.length);
    for (const manifest of manifests) {
      expect(
        manifest.kind === 'Namespace' ? manifest.metadata.name : manifest.metadata.namespace,
      ).toBe('tenant-c');
      expect(manifest.metadata.labels).toMatchObject({ 'tenant-releases.io/tenant': 'tenant-c' });
    }
  });

  it('keeps a name that YAML would read as something else', async () => {
    for (const manifest of await template(chart, tenant({ name: 'y' }))) {
      expect(manifest.metadata.labels['tenant-releases.io/tenant']).toBe('y');
      expect([manifest.metadata.namespace, manifest.metadata.name]).toContain('y');
    }
  });

  it('refuses to render without a tenant', async () => {
    await expect(template(chart, {})).rejects.toThrow(/tenant/);
  });
});

describe('charts/tenant', () => {
  it.each([
    ['free', undefined, 1],
    ['standard', undefined, 2],
    ['premium', undefined, 3],
    ['free', 5, 5],
  ])('runs in tier %s with replicas %s %i pods', async (tier, replicas, pods) => {
    const values = { ...tenant({ tier }), ...(replicas ? { replicas } : {}) };
    expect((await templateOne('tenant', 'Deployment', values)).spec.replicas).toBe(pods);
  });

  it('runs the tag of the file as a pod that meets Pod Security "restricted"', async () => {
    const { spec } = await templateOne('tenant', 'Deployment', good);
    const pod = spec.template.spec;
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.containers).toHaveLength(1);
    expect(pod.containers[0]).toMatchObject({
      name: 'demo-api',
      image: 'ghcr.io/acme/demo-api:sha-1a2b3c4',
      ports: [{ containerPort: 8000 }],
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      env: [
        { name: 'TENANT', value: 'tenant-c' },
        { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'LOG_LEVEL', value: 'info' },
      ],
    });
    expect(Object.keys(pod.containers[0].resources)).toEqual(['limits', 'requests']);
  });

  it('asks readiness and liveness different questions, and never runs fewer pods while it updates', async () => {
    const { spec } = await templateOne('tenant', 'Deployment', good);
    const [{ startupProbe, readinessProbe, livenessProbe }] = spec.template.spec.containers;
    expect(readinessProbe.httpGet).toEqual({ path: '/readyz', port: 'http' });
    expect(livenessProbe.httpGet).toEqual({ path: '/healthz', port: 'http' });
    expect(startupProbe.httpGet).toEqual({ path: '/healthz', port: 'http' });
    expect(livenessProbe.periodSeconds * livenessProbe.failureThreshold).toBeGreaterThan(
      readinessProbe.periodSeconds * readinessProbe.failureThreshold,
    );
    expect(spec.strategy.rollingUpdate).toEqual({ maxUnavailable: 0, maxSurge: 1 });
  });

  it('has a Service that selects the pods, which Prometheus is told to scrape', async () => {
    const manifests = await template('tenant', good);
    const service = manifests.find(({ kind }) => kind === 'Service');
    const deployment = manifests.find(({ kind }) => kind === 'Deployment');
    const pod = deployment?.spec.template.metadata;
    expect(service).toMatchObject({
      metadata: { name: 'demo-api' },
      spec: { ports: [{ port: 8000 }] },
    });
    expect(pod.labels).toMatchObject(service?.spec.selector);
    expect(deployment?.spec.selector.matchLabels).toEqual(service?.spec.selector);
    expect(pod.labels).toMatchObject({
      'app.kubernetes.io/version': 'sha-1a2b3c4',
      'backstage.io/kubernetes-id': 'demo-api',
      'tenant-releases.io/service': 'demo-api',
    });
    expect(pod.annotations).toEqual({
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': '8000',
      'prometheus.io/path': '/metrics',
    });
  });

  it('makes a valid label of a long tag', async () => {
    const { metadata } = await templateOne('tenant', 'Deployment', tag(`_${'a'.repeat(61)}.b`));
    expect(metadata.labels['app.kubernetes.io/version']).toMatch(
      /^[a-zA-Z0-9][\w.-]{0,61}[a-zA-Z0-9]$/,
    );
  });
});

/** Files that the schema refuses, with what the refusal names. */
const refused: Array<[string, object, RegExp]> = [
  ['no image', { tenant: good.tenant }, /image/],
  ['a key that nobody knows', { ...good, replica: 3 }, /replica/],
  ['a tenant key that nobody knows', tenant({ color: 'red' }), /color/],
  ['no display name', tenant({ displayName: undefined }), /displayName/],
  ['an empty display name', tenant({ displayName: '' }), /displayName/],
  ['a display name of two lines', tenant({ displayName: 'a\nb' }), /displayName/],
  ['a display name of 81 characters', tenant({ displayName: 'x'.repeat(81) }), /displayName/],
  ['a name in capitals', tenant({ name: 'Tenant' }), /name/],
  ['a name that ends in "-"', tenant({ name: 'a-' }), /name/],
  ['a long name', tenant({ name: 'a'.repeat(41) }), /name/],
  ['the reserved name default', tenant({ name: 'default' }), /name/],
  ['the reserved name kube-system', tenant({ name: 'kube-system' }), /name/],
  ['the reserved name a-fence', tenant({ name: 'a-fence' }), /name/],
  ['an unknown tier', tenant({ tier: 'gold' }), /tier/],
  ['ring 10', tenant({ ring: 10 }), /ring/],
  ['a ring in quotes', tenant({ ring: '1' }), /ring/],
  ['an owner that is no group', tenant({ owner: 'user:default/ada' }), /owner/],
  ['a contact that is no address', tenant({ contact: 'nobody' }), /contact/],
  ['a hold without a reason', tenant({ hold: { ...hold, reason: undefined } }), /reason/],
  ['a hold with a fifth key', tenant({ hold: { ...hold, until: 'x' } }), /until/],
  ['a hold since yesterday', tenant({ hold: { ...hold, since: 'yesterday' } }), /since/],
  ['a hold on latest', tenant({ hold: { ...hold, version: 'latest' } }), /version/],
  ['the tag latest', tag('latest'), /tag/],
  ['a tag that is a number', tag(1), /tag/],
  ['a tag with a blank', tag('a b'), /tag/],
];

/** Files that the schema takes. */
const accepted: Array<[string, object]> = [
  ['nothing but what is required', good],
  ['a hold', tenant({ hold })],
  [
    'a hold since a time with an offset',
    tenant({ hold: { ...hold, since: '2026-11-23T10:00:00.5+01:00' } }),
  ],
  ['a name of 40 characters', tenant({ name: 'a'.repeat(40) })],
  ['a display name of any characters', tenant({ displayName: '"Ü: #1" ${{ x }} {{ y }} 😀' })],
  ['a tag of version numbers', tag('1.2.3')],
];

describe('values.schema.json', () => {
  it.each(refused)('refuses %s, and names the key', async (_, values, key) => {
    await expect(template('tenant', values)).rejects.toThrow(key);
  });

  it.each(accepted)('takes %s', async (_, values) => {
    expect(await template('tenant', values)).toHaveLength(3);
  });

  it('takes the timestamp of a hold with and without quotes', async () => {
    const text = stringify(tenant({ hold }), yaml11);
    expect(await template('tenant', text)).toHaveLength(3);
    expect(
      await template('tenant', text.replace(/since: .*/, "since: '2026-11-23T10:00:00Z'")),
    ).toHaveLength(3);
  });

  it('says the same as the portal does of each of these files', async () => {
    const text = await readFile(
      path.join(repositoryRoot, 'charts/tenant/values.schema.json'),
      'utf8',
    );
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(JSON.parse(text));
    // Keys of Helm values are the chart's business; the portal reads past them.
    const shared = refused.filter(([name]) => name !== 'a key that nobody knows');
    for (const [name, values] of [...shared, ...accepted]) {
      const yaml = stringify(values);
      const expected = (values as typeof good).tenant.name;
      expect([name, parseTenantFile(yaml, expected).ok]).toEqual([name, validate(parse(yaml))]);
    }
  });

  it('explains every key', async () => {
    const schema = JSON.parse(
      await readFile(path.join(repositoryRoot, 'charts/tenant/values.schema.json'), 'utf8'),
    );
    const unexplained: string[] = [];
    const look = (where: string, node: any) => {
      for (const [key, property] of Object.entries<any>(node.properties ?? {})) {
        const target = property.$ref
          ? schema.definitions[property.$ref.replace('#/definitions/', '')]
          : property;
        if (!target.description) unexplained.push(`${where}.${key}`);
        look(`${where}.${key}`, target);
      }
    };
    look('', schema);
    expect(unexplained).toEqual([]);
  });
});

describe('charts/tenant-fence', () => {
  it('makes a namespace that refuses pods that are not "restricted"', async () => {
    const { metadata } = await templateOne('tenant-fence', 'Namespace', good);
    expect(metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  it.each(['free', 'standard', 'premium'])(
    'leaves room for a rolling update in tier %s',
    async tier => {
      const { spec: quota } = await templateOne('tenant-fence', 'ResourceQuota', tenant({ tier }));
      const { spec } = await templateOne('tenant', 'Deployment', tenant({ tier }));
      const [{ resources }] = spec.template.spec.containers;
      const pods = spec.replicas + spec.strategy.rollingUpdate.maxSurge;
      const amount = (text: string) => {
        const [, number, unit] = /^([\d.]+)(m|Mi|Gi)?$/.exec(String(text)) ?? [];
        return Number(number) * ({ m: 0.001, Mi: 1, Gi: 1024 }[unit] ?? 1);
      };
      expect(Number(quota.hard.pods)).toBeGreaterThanOrEqual(pods);
      for (const [kind, resource] of [
        ['requests', 'cpu'],
        ['requests', 'memory'],
        ['limits', 'cpu'],
        ['limits', 'memory'],
      ]) {
        expect(amount(quota.hard[`${kind}.${resource}`])).toBeGreaterThanOrEqual(
          pods * amount(resources[kind][resource]),
        );
      }
    },
  );

  it('lets nothing in or out but the port, metrics and name resolution', async () => {
    const policies = (await template('tenant-fence', good)).filter(
      ({ kind }) => kind === 'NetworkPolicy',
    );
    const byName = Object.fromEntries(policies.map(policy => [policy.metadata.name, policy.spec]));
    expect(Object.keys(byName).sort()).toEqual(['allow-dns', 'allow-http', 'default-deny']);
    expect(byName['default-deny']).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(byName['allow-http'].ingress[0].ports).toEqual([{ protocol: 'TCP', port: 8000 }]);
    expect(byName['allow-dns'].egress[0].ports.map((port: { port: number }) => port.port)).toEqual([
      53, 53,
    ]);
  });
});
