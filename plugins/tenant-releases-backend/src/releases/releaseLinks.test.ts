import { readGitopsConfig } from '@internal/gitops';
import { releaseLinks } from './releaseLinks';

type Config = Parameters<typeof releaseLinks>[0];
type Ref = Parameters<typeof releaseLinks>[1];

const gitops = readGitopsConfig({
  getOptional: key =>
    key === 'tenantReleases.gitops.repository'
      ? 'https://git.example.com/acme/platform'
      : undefined,
});
const argocd = [
  { name: 'other', frontendUrl: 'https://other.example.com' },
  { name: 'main', frontendUrl: 'https://argocd.example.com/argo' },
] as Config['argocd'];
const grafana = { url: 'https://grafana.example.com', dashboard: 'tenant-release' };

const linksOf = (config: Partial<Config>, ref: object) =>
  releaseLinks({ gitops, argocd, grafana, ...config }, {
    tenant: 'tenant-a',
    service: 'demo-api',
    ...ref,
  } as Ref);

const file = 'https://git.example.com/acme/platform/blob/main';
const application = { instance: 'main', namespace: 'argocd', name: 'tenant-a' };

describe('releaseLinks', () => {
  it('leads to the dashboard, the Application, the tenant file and the policy', () => {
    const path = 'gitops/tenants/tenant-a-values.yaml';
    expect(linksOf({}, { application, entry: { path } })).toEqual({
      grafana:
        'https://grafana.example.com/d/tenant-release?var-tenant=tenant-a&var-service=demo-api&from=now-1h&to=now',
      argocd: 'https://argocd.example.com/argo/applications/argocd/tenant-a',
      values: `${file}/${path}`,
      policy: `${file}/gitops/policy/releases.yaml`,
    });
  });

  it.each([
    ['neither file nor Application', { grafana: undefined }, {}],
    [
      'an Application of an instance that is not configured',
      { grafana: undefined },
      { application: { ...application, instance: 'gone' } },
    ],
    ['no instance at all', { grafana: undefined, argocd: [] }, { application }],
  ])('leads nowhere with %s, but to the policy', (_, config, ref) => {
    expect(linksOf(config, ref)).toEqual({ policy: `${file}/gitops/policy/releases.yaml` });
  });

  it('lets no name lead elsewhere', () => {
    const links = linksOf(
      { grafana: { url: 'https://grafana.example.com', dashboard: '../x?y' } },
      {
        tenant: 'a&var-tenant=b',
        service: 'x#y',
        application: { instance: 'main', namespace: '../..', name: 'a/b?c#d' },
        entry: { path: 'gitops/a b?.yaml' },
      },
    );
    expect(links.argocd).toBe('https://argocd.example.com/argo/applications/..%2F../a%2Fb%3Fc%23d');
    expect(links.values).toBe(`${file}/gitops/a%20b%3F.yaml`);
    expect(links.grafana).toBe(
      'https://grafana.example.com/d/..%2Fx%3Fy?var-tenant=a%26var-tenant%3Db&var-service=x%23y&from=now-1h&to=now',
    );
  });
});
