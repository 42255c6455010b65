import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { FakeServer, sendJson } from '@internal/gitops/testUtils';
import { KubernetesClient } from '../running/KubernetesClient';
import { PodIdentity } from './clusterIdentity';
import { readKubernetesConfig } from './kubernetesConfig';

const url = 'https://kube.example.com';
const root = 'kubernetes.clusterLocatorMethods';

/** Clusters as Backstage's Kubernetes plugin documents them. */
describe('readKubernetesConfig', () => {
  let folder: string;

  const file = (name: string) => path.join(folder, name);
  const read = (methods: object[], environment: Record<string, string> = {}) =>
    readKubernetesConfig(
      new ConfigReader({ kubernetes: { clusterLocatorMethods: methods } } as JsonObject),
      new PodIdentity(folder, environment),
    );
  const config = (...clusters: object[]) => [{ type: 'config', clusters }];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'service-account-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    ['aws', '"aws" is not supported here'],
    ['azure', '"azure" is not supported here'],
    ['googleServiceAccount', '"googleServiceAccount" is not supported here'],
    ['google', '"google" signs in the person who looks'],
    ['oidc', '"oidc" signs in the person who looks'],
  ])('says what a cluster of provider %s needs', (authProvider, why) => {
    const { parts, problems } = read(config({ name: 'prod', url, authProvider }));
    expect(parts).toEqual([]);
    expect(problems).toEqual([
      {
        source: { id: 'kubernetes:prod', kind: 'kubernetes', name: 'prod' },
        message: expect.stringMatching(
          /add serviceAccountToken and set it to the token of a service account that may list and watch pods$/,
        ),
      },
    ]);
    expect(problems[0].message.startsWith(`${root}[0].clusters[0].authProvider ${why}`)).toBe(true);
  });

  it('takes the token of any provider, wherever the Kubernetes plugin takes it', () => {
    const { parts, problems } = read(
      config(
        { name: 'a', url, authProvider: 'aws', serviceAccountToken: 'kube-secret' },
        { name: 'b', url, authProvider: 'x', authMetadata: { serviceAccountToken: 'kube-secret' } },
      ),
    );
    expect(problems).toEqual([]);
    expect(parts.map(({ token }) => token)).toEqual(['kube-secret', 'kube-secret']);
  });

  it.each(['catalog', 'gke', 'unheard-of'])('says what locator %s needs', type => {
    const { parts, problems } = read([
      ...config({ name: 'a', url, serviceAccountToken: 't' }),
      { type, projectId: 'example' },
    ]);
    expect(parts).toHaveLength(1);
    expect(problems).toEqual([
      {
        source: { id: `kubernetes:${type}[1]`, kind: 'kubernetes', name: type },
        message: `${root}[1] finds its clusters by "${type}", which is not read here; name them under type "config" with url and serviceAccountToken`,
      },
    ]);
  });

  it('takes kubectl proxy, as locator and as provider', () => {
    const { parts, problems } = read([
      { type: 'localKubectlProxy' },
      ...config({ name: 'a', url: 'http://localhost:8001/', authProvider: 'localKubectlProxy' }),
    ]);
    expect(problems).toEqual([]);
    expect(parts).toEqual([
      { name: 'local', url: 'http://localhost:8001', skipTlsVerify: false },
      { name: 'a', url: 'http://localhost:8001', skipTlsVerify: false },
    ]);
  });

  it('says that there is no service account when the portal runs in no pod', () => {
    const { problems } = read(config({ name: 'a', url, authProvider: 'serviceAccount' }));
    expect(problems[0].message).toBe(
      `${root}[0].clusters[0].serviceAccountToken is missing, and the portal does not run in a pod with a service account; set it to the token of a service account that may list and watch pods`,
    );
  });

  it('takes the service account of its own pod, with authority and address', async () => {
    await writeFile(file('token'), 'pod-token\n');
    await writeFile(file('ca.crt'), 'PEM');
    const cluster = { name: 'in-cluster', url, authProvider: 'serviceAccount' };
    expect(read(config(cluster)).parts).toEqual([
      { name: 'in-cluster', url, tokenFile: file('token'), ca: 'PEM', skipTlsVerify: false },
    ]);
    const environment = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '6443' };
    const caData = Buffer.from('OWN').toString('base64');
    expect(read(config({ ...cluster, caData }), environment).parts).toMatchObject([
      { url: 'https://[fd00::1]:6443', ca: 'OWN' },
    ]);
  });

  it('reads the authority from a file', async () => {
    await writeFile(file('own.crt'), 'FILE');
    const cluster = { name: 'a', url, serviceAccountToken: 't', caFile: file('own.crt') };
    expect(read(config(cluster)).parts).toMatchObject([{ ca: 'FILE' }]);
    const { problems } = read(config({ ...cluster, caFile: file('absent') }));
    expect(problems[0].message).toBe(
      `${root}[0].clusters[0].caFile cannot be read; set it to the file of the cluster's authority`,
    );
  });

  it('reads a token that Kubernetes has replaced', async () => {
    const seen: unknown[] = [];
    const server = await new FakeServer((_, { headers }, response) => {
      seen.push(headers.authorization);
      return sendJson(response, 200, { gitVersion: 'v1.34.0' });
    }).start();
    await writeFile(file('token'), 'one\n');
    const local = { name: 'a', url: server.url, authProvider: 'serviceAccount' };
    const client = new KubernetesClient(read(config(local)).parts[0]);
    const anonymous = read(config({ ...local, authProvider: 'localKubectlProxy' })).parts[0];
    try {
      await client.probe();
      await writeFile(file('token'), 'two\n');
      await client.probe();
      await new KubernetesClient(anonymous).probe();
      await rm(file('token'));
      await expect(client.probe()).rejects.toMatchObject({ name: 'UpstreamError' });
    } finally {
      await server.stop();
    }
    expect(seen).toEqual(['Bearer one', 'Bearer two', undefined]);
  });
});
