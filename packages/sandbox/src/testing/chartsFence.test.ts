import { ChartsHelm } from './chartsHelm';
import { goodValues, withTenant, withValues } from './chartsValues';

// Real helm, on a machine that may be busy.
jest.setTimeout(60_000);

let helm: ChartsHelm;
beforeAll(async () => {
  helm = await ChartsHelm.create();
});
afterAll(() => helm.close());

const tiers = ['free', 'standard', 'premium'];

/** Policies by name, of a fence. */
async function policies(values: object): Promise<Record<string, any>> {
  const manifests = await helm.template('tenant-fence', values);
  return Object.fromEntries(
    manifests
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ metadata, spec }) => [metadata.name, spec]),
  );
}

describe('the Namespace', () => {
  it('refuses pods that are not "restricted", by the rules of a pinned version', async () => {
    const { metadata } = await helm.one('tenant-fence', 'Namespace', goodValues);
    const level = (mode: string) => metadata.labels[`pod-security.kubernetes.io/${mode}`];
    expect(['enforce', 'audit', 'warn'].map(level)).toEqual(Array(3).fill('restricted'));
    expect(level('enforce-version')).toMatch(/^v1\.\d+$/);
    expect(level('warn-version')).toBe('latest');
    expect(metadata.annotations?.['argocd.argoproj.io/sync-wave']).toBe('-1');
  });

  it('names the owner, from which alerts take whom to tell', async () => {
    const { metadata } = await helm.one('tenant-fence', 'Namespace', goodValues);
    expect(metadata.annotations?.['tenant-releases.io/owner']).toBe(goodValues.tenant.owner);
  });
});

describe('the ResourceQuota', () => {
  it.each(tiers)(
    'bounds every compute resource in tier %s, and what leads round the ingress',
    async tier => {
      const { spec } = await helm.one('tenant-fence', 'ResourceQuota', withTenant({ tier }));
      for (const kind of ['requests', 'limits']) {
        for (const resource of ['cpu', 'memory', 'ephemeral-storage']) {
          expect(spec.hard).toHaveProperty([`${kind}.${resource}`]);
        }
      }
      expect(spec.hard).toMatchObject({
        'services.nodeports': '0',
        'services.loadbalancers': '0',
        persistentvolumeclaims: '0',
      });
    },
  );

  it.each(tiers)('holds in tier %s the pods of the tier and one more', async tier => {
    const { spec: quota } = await helm.one('tenant-fence', 'ResourceQuota', withTenant({ tier }));
    const { spec } = await helm.one('tenant', 'Deployment', withTenant({ tier }));
    const [{ resources }] = spec.template.spec.containers;
    const pods = spec.replicas + spec.strategy.rollingUpdate.maxSurge;
    const amount = (text: string) => {
      const [, number, unit] = /^([\d.]+)(m|Mi|Gi)?$/.exec(String(text)) ?? [];
      return Number(number) * ({ m: 0.001, Mi: 1, Gi: 1024 }[unit] ?? 1);
    };
    expect(Number(quota.hard.pods)).toBeGreaterThanOrEqual(pods);
    for (const kind of ['requests', 'limits']) {
      for (const [resource, each] of Object.entries<string>(resources[kind])) {
        expect(amount(quota.hard[`${kind}.${resource}`])).toBeGreaterThanOrEqual(
          pods * amount(each),
        );
      }
    }
  });
});

describe('the LimitRange', () => {
  it('gives and bounds CPU, memory and ephemeral storage of a container', async () => {
    const { spec } = await helm.one('tenant-fence', 'LimitRange', goodValues);
    const [limit] = spec.limits;
    expect(limit.type).toBe('Container');
    for (const kind of ['default', 'defaultRequest', 'min', 'max']) {
      expect(Object.keys(limit[kind]).sort()).toEqual(['cpu', 'ephemeral-storage', 'memory']);
    }
  });
});

describe('the NetworkPolicies', () => {
  it('close everything, and open what is named', async () => {
    const byName = await policies(goodValues);
    expect(Object.keys(byName).sort()).toEqual([
      'allow-dns',
      'allow-ingress-controller',
      'allow-prometheus',
      'allow-same-namespace',
      'default-deny',
    ]);
    expect(byName['default-deny']).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(byName['allow-dns'].egress[0].ports.map((item: any) => item.port)).toEqual([53, 53]);
    expect(byName['allow-same-namespace']).toMatchObject({
      ingress: [{ from: [{ podSelector: {} }] }],
      egress: [{ to: [{ podSelector: {} }] }],
    });
    for (const name of ['allow-prometheus', 'allow-ingress-controller']) {
      expect(byName[name].policyTypes).toEqual(['Ingress']);
      expect(byName[name].ingress[0].ports).toEqual([{ protocol: 'TCP', port: 8000 }]);
      for (const from of byName[name].ingress[0].from) {
        expect(from).toMatchObject({
          namespaceSelector: expect.anything(),
          podSelector: expect.anything(),
        });
      }
    }
  });

  it('name no address at all unless the file asks for the Internet', async () => {
    expect(JSON.stringify(await policies(goodValues))).not.toContain('ipBlock');
    expect(await policies(withValues({ egress: { internet: false } }))).not.toHaveProperty(
      'allow-internet',
    );
  });

  it('keep private networks and the metadata address closed even then', async () => {
    const { 'allow-internet': spec } = await policies(withValues({ egress: { internet: true } }));
    expect(spec.policyTypes).toEqual(['Egress']);
    expect(spec.egress[0].ports).toEqual([{ protocol: 'TCP', port: 443 }]);
    const blocks = spec.egress[0].to.map(({ ipBlock }: any) => ipBlock);
    const except = Object.fromEntries(blocks.map((block: any) => [block.cidr, block.except]));
    expect(except['0.0.0.0/0']).toEqual(
      expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']),
    );
    expect(except['::/0']).toEqual(expect.arrayContaining(['fc00::/7', 'fe80::/10']));
  });
});

describe('the Role', () => {
  it('reads what runs, and neither secrets nor anything that changes', async () => {
    const role = await helm.one('tenant-fence', 'Role', goodValues);
    const rules = role.rules as Array<Record<string, string[]>>;
    const resources = rules.flatMap(rule => rule.resources);
    expect(resources).toEqual(
      expect.arrayContaining(['pods', 'pods/log', 'services', 'events', 'deployments']),
    );
    for (const forbidden of ['*', 'secrets', 'pods/exec', 'pods/portforward', 'configmaps']) {
      expect(resources).not.toContain(forbidden);
    }
    expect([...new Set(rules.flatMap(rule => rule.verbs))].sort()).toEqual([
      'get',
      'list',
      'watch',
    ]);
    expect(rules.flatMap(rule => rule.apiGroups)).not.toContain('*');
  });

  it.each([
    ['group:default/tenant-c-owners', 'oidc:tenant-c-owners'],
    ['group:customers/tenant-c-owners', 'oidc:customers/tenant-c-owners'],
    ['group:Default/Tenant-C-Owners', 'oidc:tenant-c-owners'],
    // Never a group of the API server itself.
    ['group:default/system:authenticated', 'oidc:system:authenticated'],
  ])('is bound for the owner %s to the group %s', async (owner, group) => {
    const binding = await helm.one('tenant-fence', 'RoleBinding', withTenant({ owner }));
    expect(binding.subjects).toEqual([
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group },
    ]);
    expect(binding.roleRef).toMatchObject({ kind: 'Role', name: 'tenant-viewer' });
  });
});
