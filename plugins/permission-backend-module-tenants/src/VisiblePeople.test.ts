import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import { VisiblePeople } from './VisiblePeople';

const entity = (ref: string, ...relations: string[]): Entity => {
  const { kind, ...metadata } = parseEntityRef(ref);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { ...metadata, uid: ref },
    relations: relations.map(text => {
      const [type, targetRef] = text.split(' ');
      return { type, targetRef };
    }),
  };
};

const own = 'group:default/tenant-a-owners';
const others = 'group:default/tenant-b-owners';
const platform = 'group:default/platform';
const otto = { claims: ['user:default/otto', own], visibleGroups: [platform] };

describe('VisiblePeople', () => {
  it.each([
    ['the person', entity('user:default/otto', `memberOf ${own}`), true],
    ['a colleague', entity('user:default/olga', `memberOf ${own}`), true],
    [
      'who is in a group that everybody sees',
      entity('user:default/ada', `memberOf ${platform}`),
      true,
    ],
    [
      'a colleague of both',
      entity('user:default/pia', `memberOf ${own}`, `memberOf ${platform}`),
      true,
    ],
    [
      'who works for another tenant, too',
      entity('user:default/cleo', `memberOf ${own}`, `memberOf ${others}`),
      false,
    ],
    ['who leads one', entity('user:default/lea', `memberOf ${own}`, `leaderOf ${others}`), false],
    [
      'who is the platform and in a tenant’s group',
      entity('user:default/paul', `memberOf ${platform}`, `memberOf ${others}`),
      false,
    ],
    [
      'their own group',
      entity(own, 'hasMember user:default/cleo', 'ownerOf resource:default/x'),
      true,
    ],
    ['their own group with a parent', entity(own, 'childOf group:default/customers'), true],
    ['a group that everybody sees', entity(platform, 'hasMember user:default/ada'), true],
    ['one with a tenant’s group below', entity(platform, `parentOf ${others}`), false],
    ['one with their own group below', entity(platform, `parentOf ${own}`), true],
  ])('%s', async (_, found, isVisible) => {
    const people = new VisiblePeople(async () => [found, found]);
    expect(await people.visibleTo(otto)).toEqual({ uids: isVisible ? [found.metadata.uid] : [] });
  });

  it('shows the person in both groups to each who is in both', async () => {
    const cleo = entity('user:default/cleo', `memberOf ${own}`, `memberOf ${others}`);
    const people = new VisiblePeople(async () => [cleo]);
    const claims = ['user:default/cora', own, others];
    expect(await people.visibleTo({ claims, visibleGroups: [] })).toEqual({
      uids: ['user:default/cleo'],
    });
  });

  const crowd = Array.from({ length: 300 }, (_, index) =>
    entity(`user:default/member-${index}`, `memberOf ${platform}`),
  );

  it('says by groups whom it would take long to list', async () => {
    const found = [
      entity('user:default/otto', `memberOf ${own}`),
      entity(own),
      entity(platform),
      entity('user:default/paul', `memberOf ${platform}`, `memberOf ${others}`),
    ];
    const people = new VisiblePeople(async () => [...found, ...crowd]);
    expect(await people.visibleTo(otto)).toEqual({
      uids: ['user:default/otto', own, platform],
      members: { of: [own, platform], notOf: [others] },
    });
  });

  it('lists them all the same where groups do not say it', async () => {
    const lea = entity('user:default/lea', `memberOf ${platform}`, `leaderOf ${others}`);
    const people = new VisiblePeople(async () => [lea, ...crowd]);
    expect(await people.visibleTo(otto)).toEqual({
      uids: crowd.map(({ metadata }) => metadata.uid),
    });
  });

  it('asks for own groups and visible ones, once in ten seconds, and anew when groups change', async () => {
    const find = jest.fn(async () => []);
    let now = 0;
    const people = new VisiblePeople(find, () => now);
    await Promise.all([people.visibleTo(otto), people.visibleTo(otto)]);
    expect(find.mock.calls).toEqual([
      [
        ['user:default/otto', own, platform],
        [own, platform],
      ],
    ]);
    await people.visibleTo({ ...otto, claims: ['user:default/otto'] });
    now = 9_999;
    await people.visibleTo(otto);
    expect(find).toHaveBeenCalledTimes(2);
    now = 10_000;
    await people.visibleTo(otto);
    expect(find).toHaveBeenCalledTimes(3);
  });

  it('shows nobody in an outage, and asks again after it', async () => {
    const answers = [Promise.reject(new Error('catalog away')), [entity('user:default/otto')]];
    const people = new VisiblePeople(async () => answers.shift()!);
    await expect(people.visibleTo(otto)).rejects.toThrow('catalog away');
    expect(await people.visibleTo(otto)).toEqual({ uids: ['user:default/otto'] });
  });
});
