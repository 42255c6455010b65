import { baseUrl } from '../../support/environment.ts';
import { output, run } from '../../support/run.ts';
import type { KubernetesServer, Servers } from './Servers.ts';

/** What the tests make in a shared cluster carries this label, and goes by it. */
export const ownLabel = 'tenant-releases.io/conformance=contract';

const accounts = 'contract-accounts';

/** The variables, and what is tried with them. */
const variables = {
  kubernetes: ['KUBECONFIG'],
  argocd: ['KUBECONFIG', 'ARGOCD_SERVER', 'ARGOCD_TOKEN'],
  prometheus: ['PROMETHEUS_URL'],
  loki: ['LOKI_URL'],
} as const;

/** Which variables are missing for the contract of a real server; none when it can be tried. */
export function missingFor(part: keyof typeof variables): string[] {
  return variables[part].filter(name => !process.env[name]);
}

/** The real servers that the environment names. */
export async function useRealServers(): Promise<Servers> {
  const { ARGOCD_SERVER, ARGOCD_TOKEN, PROMETHEUS_URL, LOKI_URL } = process.env;
  const has = (part: keyof typeof variables) => missingFor(part).length === 0;
  const kubernetes = has('kubernetes') ? await takeCluster() : undefined;
  return {
    name: 'real servers',
    ...(kubernetes ? { kubernetes } : {}),
    ...(has('argocd')
      ? {
          argocd: {
            url: baseUrl(ARGOCD_SERVER!),
            token: ARGOCD_TOKEN!,
            hasTeamNamespaces: hasTeamNamespaces(),
          },
        }
      : {}),
    ...(PROMETHEUS_URL ? { prometheus: { url: PROMETHEUS_URL.replace(/\/$/, '') } } : {}),
    ...(LOKI_URL ? { loki: { url: LOKI_URL.replace(/\/$/, '') } } : {}),
    close: async () => {
      if (kubernetes) await giveBack();
    },
  };
}

/** Argo CD tells nobody which namespaces it looks at: what is there not for it is as if it were not there. */
function hasTeamNamespaces(): boolean {
  const patterns = process.env.ARGOCD_APPLICATION_NAMESPACES?.split(',') ?? [];
  return patterns.some(pattern => ['contract-*', '*'].includes(pattern.trim()));
}

const account = (name: string, role: string) => [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: accounts } },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: `contract-${name}`, labels: label() },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'ServiceAccount', name, namespace: accounts }],
  },
];

function label(): Record<string, string> {
  const [name, value] = ownLabel.split('=');
  return { [name]: value };
}

async function takeCluster(): Promise<KubernetesServer> {
  await giveBack();
  const items = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: accounts, labels: label() } },
    ...account('reader', 'view'),
    ...account('administrator', 'cluster-admin'),
  ];
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  await output('kubectl', ['create', '-f', '-'], { input: list });
  const token = async (name: string) =>
    (await output('kubectl', ['create', 'token', name, '-n', accounts])).trim();
  const view = ['config', 'view', '--raw', '--minify', '--flatten', '-o', 'json'];
  const [{ cluster }] = JSON.parse(await output('kubectl', view)).clusters;
  return {
    url: cluster.server,
    ca: Buffer.from(cluster['certificate-authority-data'], 'base64').toString('utf8'),
    token: await token('reader'),
    administrator: await token('administrator'),
    isYoung: false,
  };
}

/** Also after a run that was cut off. */
async function giveBack(): Promise<void> {
  const gone = ['--ignore-not-found', '-l', ownLabel];
  // Without its definition there is no Application either.
  await run('kubectl', ['delete', 'applications.argoproj.io', '--all-namespaces', ...gone]);
  await run('kubectl', ['delete', 'appprojects.argoproj.io', '-n', 'argocd', ...gone]);
  await output('kubectl', [
    'delete',
    'namespaces,clusterrolebindings,customresourcedefinitions',
    ...gone,
  ]);
}
