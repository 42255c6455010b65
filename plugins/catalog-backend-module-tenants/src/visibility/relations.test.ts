import { hideRelations, relatedRefs } from './relations';

/** Works for two customers, and is visible to both of them. */
const consultant = () => ({
  kind: 'User',
  metadata: { name: 'cleo', etag: 'before' },
  spec: { memberOf: ['tenant-a-owners', 'group:default/tenant-b-owners', '::'] },
  relations: [
    { type: 'memberOf', targetRef: 'group:default/tenant-a-owners' },
    { type: 'memberOf', targetRef: 'group:default/tenant-b-owners' },
  ],
});
const group = () => ({
  kind: 'Group',
  metadata: { name: 'tenant-a-owners' },
  spec: {
    parent: 'tenant-b-owners',
    children: ['Tenant-B-Team'],
    members: ['otto', 'user:default/berta'],
  },
});
const visible = new Set(['group:default/tenant-a-owners', 'user:default/otto']);

describe('what an entity says about others', () => {
  it('is found in relations and in the spec', () => {
    expect([...relatedRefs([consultant(), { entity: group() }])].sort()).toEqual([
      'group:default/tenant-a-owners',
      'group:default/tenant-b-owners',
      'group:default/tenant-b-team',
      'user:default/berta',
      'user:default/otto',
    ]);
  });

  it('is left out where they are not visible', () => {
    const answer = { items: [consultant(), group(), { spec: { memberOf: 'tenant-b-owners' } }] };
    hideRelations(answer, visible);
    expect(JSON.stringify(answer)).not.toMatch(/tenant-b|berta|::|before/i);
    expect(answer.items).toEqual([
      {
        kind: 'User',
        metadata: { name: 'cleo', etag: expect.any(String) },
        spec: { memberOf: ['tenant-a-owners'] },
        relations: [{ type: 'memberOf', targetRef: 'group:default/tenant-a-owners' }],
      },
      {
        kind: 'Group',
        metadata: { name: 'tenant-a-owners' },
        spec: { children: [], members: ['otto'] },
      },
      { spec: {} },
    ]);
  });

  it('is left as it is where all of it is visible, and where there is none', () => {
    const answers = [
      { spec: { memberOf: ['tenant-a-owners'] }, metadata: { etag: 'before' } },
      { spec: { type: 'tenant', owner: 'tenant-b-owners' } },
      { relations: 'odd', spec: 'odd' },
      null,
      'text',
    ];
    const before = structuredClone(answers);
    hideRelations(answers, visible);
    expect(answers).toEqual(before);
  });
});
