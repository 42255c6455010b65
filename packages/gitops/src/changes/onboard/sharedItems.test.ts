import { application, repository } from '../../__testUtils__/releases';
import { onboard } from '../../__testUtils__/onboard';

// Real helm, on a machine that may be busy.
jest.setTimeout(30_000);

describe('onboardTenant, of what tenants share', () => {
  const chart = {
    'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
    'chart/values.yaml': 'image: { repository: a/api, tag: "0" }\n',
    'chart/templates/a.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: api, image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}" }] }\n',
  };
  const app = (name: string, tag: string) =>
    `spec:\n  project: default\n  source: { repoURL: ${repository}, targetRevision: main, path: chart, helm: { parameters: [{ name: image.tag, value: ${tag} }] } }\n  destination: { name: in-cluster, namespace: ${name} }\n`;

  it('repeats an element of an ApplicationSet that holds the version', async () => {
    const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: set }
spec:
  goTemplate: true
  generators:
    - list:
        elements:
          - tenant: acme
            tag: "1.0" # moved
            url: https://acme.example.com
          - { tenant: bravo, tag: "1.1", url: https://bravo.example.com }
  template:
    metadata: { name: '{{.tenant}}' }
${app("'{{.tenant}}'", "'{{.tag}}'").replace(/^(?=.)/gm, '    ')}`;
    const files = { ...chart, 'set.yaml': set };
    const done = await onboard(
      files,
      { application: '{tenant}' },
      { from: 'acme', service: 'api' },
    );
    expect(done.changed).toEqual(['changed set.yaml']);
    expect(done.text('set.yaml')).toBe(
      set.replace(
        '  template:\n',
        `          - tenant: charlie\n            tag: "7.0.1" # moved\n            url: https://charlie.example.com\n  template:\n`,
      ),
    );
  });

  it('repeats a block of the values of a chart that makes Applications', async () => {
    const values =
      'tenants:\n  acme:\n    tag: "1.0"\n    host: acme.example.com\n  bravo:\n    tag: "1.1"\n    host: bravo.example.com\n';
    const files = {
      ...chart,
      'root/Chart.yaml': 'apiVersion: v2\nname: root\nversion: 1.0.0\n',
      'root/values.yaml': values,
      'root/templates/apps.yaml': `{{- range $name, $t := .Values.tenants }}\n---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: {{ $name }} }\n${app(
        '{{ $name }}',
        '{{ $t.tag | quote }}',
      )}{{- end }}\n`,
      'root.yaml': application('root', '    path: root'),
    };
    const done = await onboard(
      files,
      { application: '{tenant}' },
      { from: 'acme', service: 'api' },
    );
    expect(done.changed).toEqual(['changed root/values.yaml']);
    expect(done.text('root/values.yaml')).toBe(
      `${values}  charlie:\n    tag: "7.0.1"\n    host: charlie.example.com\n`,
    );
  });

  it('says that it cannot tell apart Applications of one file', async () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: "web:1" }] }\n';
    const apps = ['acme', 'bravo'].map(id => application(id, `    path: ${id}`)).join('---\n');
    const files = { 'apps.yaml': apps, 'acme/w.yaml': pod, 'bravo/w.yaml': pod };
    await expect(
      onboard(files, { path: '{tenant}' }, { from: 'acme', service: 'web' }),
    ).rejects.toThrow(
      'from acme: its Application stands in apps.yaml, whose path does not hold acme',
    );
  });
});
