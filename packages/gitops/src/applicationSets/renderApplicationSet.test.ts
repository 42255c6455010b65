import { repository, testCheckout } from '../__testUtils__/releases';
import { readInner, readTraced } from '../traced/readTraced';
import { at, stringAt } from '../traced/traced';
import { renderApplicationSet } from './renderApplicationSet';
import { TemplateError } from './TemplateError';

const checkout = testCheckout({
  'tenants/acme/prod.json': '{"name": "acme", "tag": "1.0", "region": {"id": "eu"}}',
  'tenants/bravo/prod.json': '{"name": "bravo", "tag": "2.0", "region": {"id": "us"}}',
  'tenants/off/README.md': '',
  'clusters/a.yaml': `apiVersion: v1
kind: Secret
metadata: { name: eu, labels: { argocd.argoproj.io/secret-type: cluster, region: eu } }
stringData: { name: eu-1, server: https://eu }
`,
});

function names(generators: string, name: string, more = 'goTemplate: true'): string[] {
  const text = `spec:
  ${more}
  generators: ${generators}
  template:
    metadata: { name: ${JSON.stringify(name)} }
    spec: { source: { path: x } }
`;
  const [{ value }] = readTraced('set.yaml', text);
  return renderApplicationSet(value, { checkout, isOurs: address => address === repository }).map(
    one => stringAt(one.value, ['metadata', 'name']) ?? '',
  );
}

const git = (what: string) => `[{git: {repoURL: "${repository}", ${what}}}]`;

it.each<[string, string, string, string[]]>([
  ['a list', '[{list: {elements: [{a: x}, {a: y}]}}]', 'n-{{.a}}', ['n-x', 'n-y']],
  [
    'a list as a text, of another generator',
    `[{matrix: {generators: [${git('files: [{path: "tenants/**/*.json"}]').slice(
      1,
      -1,
    )}, {list: {elementsYaml: "[{{ .region | toJson }}]"}}]}}]`,
    'n-{{.name}}-{{.id}}',
    ['n-acme-eu', 'n-bravo-us'],
  ],
  [
    'folders',
    git('directories: [{path: "tenants/*"}, {path: tenants/off, exclude: true}]'),
    '{{.path.basename}}-{{index .path.segments 0}}',
    ['acme-tenants', 'bravo-tenants'],
  ],
  [
    'files',
    git('files: [{path: "tenants/**/*.json"}]'),
    '{{.name}}-{{.region.id}}-{{.path.basename}}-{{.path.filename}}',
    ['acme-eu-acme-prod.json', 'bravo-us-bravo-prod.json'],
  ],
  [
    'clusters that are known',
    '[{clusters: {selector: {matchLabels: {region: eu}}, values: {x: "{{.name}}!"}}}]',
    '{{.name}}-{{.values.x}}-{{.metadata.labels.region}}',
    ['eu-1-eu-1!-eu'],
  ],
  [
    'clusters that are not',
    '[{clusters: {selector: {matchLabels: {region: moon}}}}]',
    'a-{{.name}}',
    ['a-*'],
  ],
  [
    'a matrix',
    `[{matrix: {generators: [{list: {elements: [{t: acme}]}}, {git: {repoURL: "${repository}", files: [{path: "tenants/{{.t}}/*.json"}]}}]}}]`,
    '{{.t}}-{{.tag}}',
    ['acme-1.0'],
  ],
  [
    'a merge',
    '[{merge: {mergeKeys: [k], generators: [{list: {elements: [{k: a, v: "1"}, {k: b, v: "1"}]}}, {list: {elements: [{k: b, v: "2"}]}}]}}]',
    '{{.k}}{{.v}}',
    ['a1', 'b2'],
  ],
  [
    'a selector',
    '[{list: {elements: [{a: x}, {a: y}]}, selector: {matchExpressions: [{key: a, operator: NotIn, values: [x]}]}}]',
    '{{.a}}',
    ['y'],
  ],
])('renders %s', (_, generators, name, expected) => {
  expect(names(generators, name)).toEqual(expected);
});

it.each([
  ['{{ if eq .a "x" }}yes{{ else }}no{{ end }}', 'yes'],
  ['{{ .b | default "d" | upper }}', 'D'],
  ['{{ printf "%s-%s" .a (.a | replace "x" "z") }}', 'x-z'],
  ['{{ range $i, $e := .l }}{{ $i }}{{ $e }}{{ end }}', '0p1q'],
  ['{{- with .m }} {{ .k }} {{- end -}}', ' v'],
  ['{{ $v := .a }}{{ $v | quote }}', '"x"'],
  ['{{ dig "m" "k" "none" . }}{{ normalize "A_b" }}', 'va-b'],
])('follows Go’s templates: %s', (template, expected) => {
  const elements = '[{list: {elements: [{a: x, l: [p, q], m: {k: v}}]}}]';
  expect(names(elements, template)).toEqual([expected]);
});

it('renders without Go, and leaves alone what it does not know', () => {
  const generators = git('directories: [{path: "tenants/a*"}]');
  expect(names(generators, '{{path}}-{{ path.basename }}-{{path[1]}}-{{nope}}', 'x: 1')).toEqual([
    'tenants/acme-acme-acme-{{nope}}',
  ]);
});

it.each(['goTemplate: true', 'x: 1'])(
  'reads a template that never ends at once, with %s',
  style => {
    const open = `{{${' '.repeat(20_000)}`;
    expect(names('[{list: {elements: [{a: x}]}}]', open, style)).toEqual([open]);
  },
);

it('ends loops within loops', () => {
  const elements = `[{list: {elements: [{l: [${'1,'.repeat(60)}1]}]}}]`;
  const loops = `${'{{ range $.l }}'.repeat(4)}x${'{{ end }}'.repeat(4)}`;
  expect(() => names(elements, loops)).toThrow('loops too long');
});

it.each(['goTemplate: true', 'x: 1'])('prints numbers as Go does, with %s', style => {
  const elements = '[{list: {elements: [{a: 1.10, b: 20260101, c: 12, d: "1.10", e: 007}]}}]';
  const [dot] = style === 'x: 1' ? [''] : ['.'];
  const template = ['a', 'b', 'c', 'd'].map(key => `{{${dot}${key}}}`).join(' ');
  expect(names(elements, template, style)).toEqual(['1.1 2.0260101e+07 12 1.10']);
});

it.each([
  ['[{list: {elementsYaml: "a: 1"}}]', 'a', 'is no list'],
  ['[{pullRequest: {}}]', 'a', 'known to a running Argo CD only'],
  ['[{git: {repoURL: other, directories: [{path: x}]}}]', 'a', 'another repository'],
  ['[{list: {elements: [{a: 1}]}}]', '{{ genCA "x" 1 }}', 'genCA'],
  ['[{list: {elements: [{a: 1}]}}]', '{{ if .a }}', 'no {{ end }}'],
  ['[{list: {elements: [{a: 1}]}}]', '{{ join "," .a }}', 'join'],
  ['[{list: {elements: [{a: 1}]}}]', '{{ "\\." }}', 'not followed'],
])('refuses %s', (generators, name, why) => {
  expect(() => names(generators, name)).toThrow(TemplateError);
  expect(() => names(generators, name)).toThrow(why);
});

it('knows where a text that it puts in comes from, also within a block', () => {
  const text = `spec:
  goTemplate: true
  generators: ${git('files: [{path: "tenants/acme/*.json"}]')}
  template:
    spec:
      source:
        image: "a:{{ .tag }}"
        helm:
          values: |
            tag: '{{ .tag }}'
`;
  const [{ value }] = readTraced('set.yaml', text);
  const [{ value: made, places }] = renderApplicationSet(value, { checkout, isOurs: () => true });
  expect(places).toEqual(['tenants/acme/prod.json']);
  const image = at(made, ['spec', 'source', 'image']);
  expect(image).toMatchObject({
    value: 'a:1.0',
    versionAt: { origin: { file: 'tenants/acme/prod.json', path: ['tag'] } },
  });
  const values = readInner(at(made, ['spec', 'source', 'helm', 'values']));
  expect(at(values, ['tag'])).toMatchObject({
    value: '1.0',
    origin: { file: 'tenants/acme/prod.json', line: 1 },
  });
});
