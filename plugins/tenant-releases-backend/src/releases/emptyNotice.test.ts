import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import type { TenantReleaseResource } from '@internal/plugin-tenant-releases-node';
import { emptyNotice } from './emptyNotice';

const everything = () => true;
const nothing = () => false;
/** A policy that opens everything which has an owner. */
const owned = ({ owner }: TenantReleaseResource) => owner !== undefined;
const ofA = ({ owner }: TenantReleaseResource) => owner === 'group:default/a';

interface Situation {
  tenants?: string[];
  isReady?: boolean;
  git?: SourceStatus['state'];
}

function notice(
  { tenants = [], isReady = true, git = 'ok' }: Situation,
  mayRead: (resource: TenantReleaseResource) => boolean,
  mayOnboard = false,
) {
  return emptyNotice({
    board: {
      isReady: () => isReady,
      refs: () => tenants.map(tenant => ({ tenant, service: 'demo-api' })),
      resource: ({ tenant }) => ({ tenant, owner: `group:default/${tenant}` }),
      sources: () => [
        { id: 'git', kind: 'git', name: 'Git', state: git, ageSeconds: 0 },
        { id: 'argocd:main', kind: 'argocd', name: 'main', state: 'down', ageSeconds: 60 },
      ],
    },
    mayRead,
    mayOnboard,
  });
}

describe('emptyNotice', () => {
  it.each<[string, Situation, Parameters<typeof notice>[1], string | undefined]>([
    ['an owner’s filter', { tenants: ['a', 'b'] }, ofA, 'NONE_MATCH'],
    ['the platform’s filter', { tenants: ['a', 'b'] }, everything, 'NONE_MATCH'],
    ['an outsider', { tenants: ['a', 'b'] }, nothing, 'NONE_VISIBLE'],
    ['an owner of nothing', { tenants: ['b'] }, ofA, 'NONE_VISIBLE'],
    ['a viewer before the first tenant', {}, owned, 'NONE_VISIBLE'],
    ['the platform before the first tenant', {}, everything, 'NO_TENANTS'],
    ['the platform, Git out of reach', { git: 'stale' }, everything, undefined],
    ['the platform, Git set up wrongly', { git: 'down' }, everything, undefined],
    ['the platform, Git never read', { isReady: false }, everything, undefined],
    ['an outsider, Git never read', { isReady: false }, nothing, undefined],
    ['an owner, Git never read', { isReady: false, tenants: ['a'] }, ofA, undefined],
  ])('for %s', (_, situation, mayRead, code) => {
    const told = notice(situation, mayRead);
    expect(told?.code).toBe(code);
  });

  it('tells an outsider the same whether there are tenants or not, and what to do next', () => {
    const told = notice({}, nothing);
    expect(notice({ tenants: ['a', 'b'] }, nothing)).toEqual(told);
    expect(notice({ tenants: ['a', 'b'], git: 'stale' }, nothing)).toEqual(told);
    expect(told?.text).toMatch(/ask the platform team, or the owner’s group, for membership/);
  });

  it('leads to the form only for who may use it', () => {
    expect(notice({}, everything, true)?.text).toMatch(/New tenant/);
    expect(notice({}, everything, false)?.text).not.toMatch(/New tenant/);
  });
});
