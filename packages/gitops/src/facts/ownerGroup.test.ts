import { stringify } from 'yaml';
import { ownerGroupEntity, ownerGroupNameProblem, parseOwnerGroup } from './ownerGroup';

const group = { name: 'acme-owners', title: 'Owners of Acme', members: ['user:default/ada'] };
const entity = ownerGroupEntity(group);
const parse = (value: object, name = 'acme-owners') => parseOwnerGroup(stringify(value), name);

describe('parseOwnerGroup', () => {
  it('reads what is written', () => {
    expect(parse(entity)).toEqual({ ok: true, group });
  });

  it('takes a group without members', () => {
    const { members: _, ...spec } = entity.spec;
    expect(parse({ ...entity, spec })).toEqual({ ok: true, group: { ...group, members: [] } });
  });

  it.each<[string, object, string, RegExp]>([
    ['another kind', { ...entity, kind: 'User' }, 'kind', /must be Group/],
    [
      'a parent',
      { ...entity, spec: { ...entity.spec, parent: 'platform' } },
      'spec.parent',
      /remove it/,
    ],
    [
      'children',
      { ...entity, spec: { ...entity.spec, children: ['platform'] } },
      'spec.children',
      /empty list/,
    ],
    [
      'a group as a member',
      { ...entity, spec: { ...entity.spec, members: ['group:default/platform'] } },
      'spec.members.0',
      /must be a user/,
    ],
    [
      'a member without kind',
      { ...entity, spec: { ...entity.spec, members: ['ada'] } },
      'spec.members.0',
      /must be a user/,
    ],
    [
      'another namespace',
      { ...entity, metadata: { ...entity.metadata, namespace: 'x' } },
      'metadata.namespace',
      /remove it/,
    ],
    [
      'annotations',
      { ...entity, metadata: { ...entity.metadata, annotations: {} } },
      'metadata.annotations',
      /remove it/,
    ],
    [
      'the name of a team',
      { ...entity, metadata: { ...entity.metadata, name: 'platform' } },
      'metadata.name',
      /-owners/,
    ],
    [
      'another name than the file',
      { ...entity, metadata: { ...entity.metadata, name: 'b-owners' } },
      'metadata.name',
      /acme-owners/,
    ],
    ['no title', { ...entity, metadata: { name: 'acme-owners' } }, 'metadata.title', /missing/],
    ['nothing', {}, 'apiVersion', /backstage/],
  ])('refuses %s', (_, value, key, text) => {
    expect(parse(value)).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([
        expect.objectContaining({ text: expect.stringMatching(text) }),
      ]),
    });
    const result = parse(value);
    expect(result.ok ? [] : result.problems.map(problem => problem.key)).toContain(key);
  });

  it('refuses two documents and broken YAML', () => {
    const text = stringify(entity);
    expect(parseOwnerGroup(`${text}---\n${text}`, 'acme-owners').ok).toBe(false);
    expect(parseOwnerGroup('kind: [', 'acme-owners').ok).toBe(false);
    expect(parseOwnerGroup('x'.repeat(100_000), 'acme-owners').ok).toBe(false);
  });
});

it.each([
  'platform',
  'developers',
  'x-Owners',
  '-owners',
  'a_b-owners',
  '../x-owners',
  `${'a'.repeat(60)}-owners`,
])('refuses the name %s', name => expect(ownerGroupNameProblem(name)).toMatch(/-owners/));
