import type { Entity } from '@backstage/catalog-model';
import { Memberships } from './Memberships';

const otto = 'user:default/otto';
const member = (...groups: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'otto' },
  relations: [
    ...groups.map(targetRef => ({ type: 'memberOf', targetRef })),
    { type: 'ownerOf', targetRef: 'group:default/not-a-membership' },
    { type: 'memberOf', targetRef: 'system:default/no-group' },
  ],
});

describe('Memberships', () => {
  let now: number;
  let answers: Array<Entity | undefined | Error>;
  let asked: number;
  let memberships: Memberships;

  beforeEach(() => {
    now = 0;
    asked = 0;
    memberships = new Memberships(
      async () => {
        asked += 1;
        const answer = answers.shift();
        if (answer instanceof Error) throw answer;
        return answer;
      },
      () => now,
    );
  });

  it('knows the groups of a person, and asks once for many questions', async () => {
    answers = [member('group:default/tenant-a-owners')];
    const [first, second] = await Promise.all([
      memberships.claimsOf(otto),
      memberships.claimsOf(otto),
    ]);
    expect(first).toEqual([otto, 'group:default/tenant-a-owners']);
    expect(second).toEqual(first);
    expect(asked).toBe(1);
  });

  it('notices within seconds that somebody has left a group, and then the company', async () => {
    answers = [member('group:default/tenant-a-owners'), member(), undefined];
    await memberships.claimsOf(otto);
    now = 10_000;
    expect(await memberships.claimsOf(otto)).toEqual([otto]);
    now = 20_000;
    expect(await memberships.claimsOf(otto)).toEqual([]);
    expect(asked).toBe(3);
  });

  it('notices at once that somebody has been added', async () => {
    answers = [undefined, member('group:default/tenant-a-owners')];
    expect(await memberships.claimsOf(otto)).toEqual([]);
    now = 500;
    expect(await memberships.claimsOf(otto)).toHaveLength(2);
  });

  it('asks for nobody again and again: neither for whom it knows, nor for a stranger who keeps trying', async () => {
    answers = [member('group:default/tenant-a-owners'), undefined];
    const stranger = 'user:default/stranger';
    for (const at of [0, 250, 499]) {
      now = at;
      expect(await memberships.claimsOf(otto)).toHaveLength(2);
      expect(await memberships.claimsOf(stranger)).toEqual([]);
    }
    now = 9_999;
    expect(await memberships.claimsOf(otto)).toHaveLength(2);
    expect(asked).toBe(2);
  });

  it('takes a person without relations for one without groups, and names each group once', async () => {
    const { relations, ...alone } = member('group:default/a', 'group:default/a');
    answers = [alone, { ...alone, relations }];
    expect(await memberships.claimsOf(otto)).toEqual([otto]);
    now = 10_000;
    expect(await memberships.claimsOf(otto)).toEqual([otto, 'group:default/a']);
  });

  it('lets nobody in by an outage, and asks again after it', async () => {
    answers = [new Error('catalog away'), member('group:default/tenant-a-owners')];
    await expect(memberships.claimsOf(otto)).rejects.toThrow('catalog away');
    expect(await memberships.claimsOf(otto)).toHaveLength(2);
  });

  it('remembers a bounded number of people', async () => {
    answers = Array.from({ length: 10_052 }, () => member());
    for (let at = 0; at < 10_050; at += 1) await memberships.claimsOf(`user:default/u${at}`);
    await memberships.claimsOf('user:default/u10049');
    expect(asked).toBe(10_051);
    now = 10_000;
    await memberships.claimsOf('user:default/new');
    await memberships.claimsOf('user:default/new');
    expect(asked).toBe(10_052);
  });
});
