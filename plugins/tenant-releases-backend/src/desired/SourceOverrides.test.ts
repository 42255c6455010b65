import { mockServices } from '@backstage/backend-test-utils';
import { UpstreamError } from '@internal/gitops';
import { SourceOverrides } from './SourceOverrides';

const parameters = (tag: string) =>
  `helm:\n  parameters:\n    - name: image.tag\n      value: ${tag}\n`;

describe('SourceOverrides', () => {
  const logger = mockServices.logger.mock();
  const blob = jest.fn(async (sha: string) => ({ text: sha }));
  let overrides: SourceOverrides;

  /** The SHA of these files is their content. */
  const read = (files: Record<string, string>) =>
    overrides.read(Object.entries(files).map(([path, sha]) => ({ path, sha })));
  const find = (folder: string, name: string, namespace = 'argocd') =>
    overrides.find(folder, { name, namespace }, 'ghcr.io/example/demo-api');
  const tag = (folder = 'charts/tenant', name = 'tenant-a') => find(folder, name)?.version;

  beforeEach(() => {
    jest.clearAllMocks();
    overrides = new SourceOverrides({ blob }, logger);
  });

  it.each<[string, boolean]>([
    ['charts/tenant/.argocd-source-tenant-a.yaml', true],
    ['charts/tenant/.argocd-source.yaml', true],
    ['.argocd-source.yaml', true],
    ['charts/tenant/argocd-source.yaml', false],
    ['charts/tenant/x.argocd-source.yaml', false],
    ['charts/tenant/.argocd-source-.yaml', false],
    ['charts/tenant/.argocd-source-a.yml', false],
    ['charts/.argocd-source-a.yaml/values.yaml', false],
  ])('knows them by their name: %s', (path, expected) => {
    expect(SourceOverrides.isOne(path)).toBe(expected);
  });

  it('finds what is set for an Application, before what is set for all', async () => {
    const own = 'charts/tenant/.argocd-source-tenant-a.yaml';
    await read({
      [own]: parameters('sha-1'),
      'charts/tenant/.argocd-source.yaml': parameters('sha-2'),
      '.argocd-source.yaml': parameters('sha-3'),
      'charts/tenant/values.yaml': parameters('sha-4'),
    });
    expect(find('charts/tenant', 'tenant-a')).toEqual({ version: 'sha-1', by: own });
    expect(tag('charts/tenant', 'tenant-b')).toBe('sha-2');
    expect(tag('', 'tenant-a')).toBe('sha-3');
    expect(tag('charts/other')).toBeUndefined();
    expect(blob).toHaveBeenCalledTimes(3);
  });

  it('knows the file of an Application in another namespace by both names', async () => {
    await read({ '.argocd-source-apps_tenant-a.yaml': parameters('sha-1') });
    expect(find('', 'tenant-a', 'apps')?.version).toBe('sha-1');
    expect(find('', 'tenant-a')).toBeUndefined();
  });

  it('knows that Argo CD itself may run in another namespace', async () => {
    await read({ '.argocd-source-tenant-a.yaml': parameters('sha-1') });
    expect(find('', 'tenant-a', 'openshift-gitops')?.version).toBe('sha-1');
    await read({
      '.argocd-source-tenant-a.yaml': parameters('sha-1'),
      '.argocd-source-apps_tenant-a.yaml': parameters('sha-2'),
    });
    expect(find('', 'tenant-a', 'apps')?.version).toBe('sha-2');
  });

  it('reads what the Image Updater writes for kustomize', async () => {
    await read({
      '.argocd-source-tenant-a.yaml':
        'kustomize: {images: ["redis:7", "ghcr.io/example/demo-api:sha-3"]}',
    });
    expect(find('', 'tenant-a')?.version).toBe('sha-3');
  });

  it('passes over a file that sets no version', async () => {
    await read({
      'charts/tenant/.argocd-source-tenant-a.yaml':
        'helm: {parameters: [{name: image.repository, value: x}]}',
      'charts/tenant/.argocd-source.yaml': parameters('sha-2'),
    });
    expect(tag()).toBe('sha-2');
  });

  it('reads what is new only, and tells whether anything has changed', async () => {
    const files = {
      '.argocd-source-a.yaml': parameters('1'),
      '.argocd-source-b.yaml': parameters('2'),
    };
    expect(await read(files)).toBe(true);
    expect(await read(files)).toBe(false);
    expect(blob).toHaveBeenCalledTimes(2);
    expect(await read({ ...files, '.argocd-source-b.yaml': parameters('3') })).toBe(true);
    expect(blob).toHaveBeenCalledTimes(3);
    expect(tag('', 'b')).toBe('3');
    expect(await read({ '.argocd-source-a.yaml': parameters('1') })).toBe(true);
    expect(tag('', 'b')).toBeUndefined();
    expect(await read({ 'README.md': 'x' })).toBe(true);
    expect(await read({})).toBe(false);
  });

  it.each<[string, string]>([
    ['no YAML', 'helm: ['],
    ['a text', 'x'],
    ['a list', '- x'],
    ['nothing', ''],
    ['parameters of another type', 'helm: {parameters: x}'],
    ['any size', `${parameters('sha-1')}x: ${'y'.repeat(70_000)}`],
    [
      'aliases without end',
      Array.from({ length: 12 }, (_, at) =>
        at === 0
          ? 'l0: &l0 [x,x,x,x,x,x,x,x,x]'
          : `l${at}: &l${at} [${Array(9).fill(`*l${at - 1}`)}]`,
      ).join('\n'),
    ],
  ])('sets nothing with %s, and hurts no other', async (_, text) => {
    await read({
      'charts/tenant/.argocd-source-tenant-a.yaml': text,
      'charts/tenant/.argocd-source-tenant-b.yaml': parameters('sha-2'),
    });
    expect(tag()).toBeUndefined();
    expect(tag('charts/tenant', 'tenant-b')).toBe('sha-2');
  });

  it('goes on without a file that is not there, and says so', async () => {
    blob.mockRejectedValueOnce(new UpstreamError('not-found', 'answered 404'));
    await read({ '.argocd-source-a.yaml': parameters('1') });
    expect(tag('', 'a')).toBeUndefined();
    expect(logger.warn).toHaveBeenCalledWith(
      '.argocd-source-a.yaml cannot be read, what it sets is not known: answered 404',
    );
  });

  it('keeps what it knew when Git does not answer', async () => {
    await read({ '.argocd-source-a.yaml': parameters('1') });
    blob.mockRejectedValueOnce(new UpstreamError('timeout', 'no answer in time'));
    await expect(read({ '.argocd-source-a.yaml': parameters('2') })).rejects.toThrow('no answer');
    expect(tag('', 'a')).toBe('1');
  });
});
