import { setTimeout as delay } from 'node:timers/promises';
import {
  mutate,
  mutatedObjects,
  mutationSeed,
  seeded,
} from '@internal/plugin-tenant-releases-common/testUtils';
import { eventually } from '../__testUtils__/eventually';
import { FakeGithub, tenantFile, tenantPath } from '../__testUtils__/FakeGithub';
import { startDesiredIndex } from '../__testUtils__/startDesiredIndex';
import { releaseHistory, releaseMarkers } from '../releases/releaseHistory';
import type { GitFile } from '@internal/gitops';

const count = mutatedObjects(2_000);
const random = seeded(mutationSeed);

jest.setTimeout(60_000 + count * 20);

const target = 'tenant-a';
const others = ['tenant-b', 'tenant-c'];
/** Commits that say nothing odd, and such that stay when others are forgotten. */
const firstCommits = 3;
const keptCommits = 4;

describe('odd answers of GitHub', () => {
  const github = new FakeGithub();
  let index: ReturnType<typeof startDesiredIndex>['index'];
  let baseline: string;
  let mutated = 0;

  const ofTenant = (tenant: string) => index.get(tenant, 'demo-api');
  const what = async () =>
    JSON.stringify(
      await Promise.all(
        others.map(async tenant => {
          const entry = ofTenant(tenant)!;
          return [entry, index.state(entry), await index.history(entry, 10)];
        }),
      ),
    );

  function odd(body: unknown, keep?: string[]): unknown {
    mutated += 1;
    return mutate(body, random, keep);
  }

  /** What is said of the target's file and of the commits that changed it. */
  function mutateOwn(url: URL, body: unknown): unknown {
    const path = decodeURIComponent(url.pathname);
    const [, route, id = ''] = /\/platform\/(git\/\w+|\w+)\/?(.*)$/.exec(path) ?? [];
    const isOwn = () => github.commits.findIndex(({ sha }) => id.startsWith(sha)) >= firstCommits;
    const items = (list: unknown, isOdd: (item: unknown) => boolean = () => true) =>
      (list as unknown[]).map(item => (isOdd(item) && random() < 0.5 ? odd(item) : item));
    switch (route) {
      case 'git/trees': {
        const { tree, ...rest } = body as { tree: unknown };
        return {
          ...rest,
          tree: items(tree, entry => (entry as GitFile).path === tenantPath(target)),
        };
      }
      case 'git/blobs': {
        const { content } = body as { content: string };
        const isTargets = Buffer.from(content, 'base64').toString().includes(`name: ${target}\n`);
        return isTargets && random() < 0.5 ? odd(body) : body;
      }
      case 'contents':
        return id === tenantPath(target) ? odd(body) : body;
      case 'commits':
        if (id === '' && !url.searchParams.has('path')) {
          return (body as unknown[]).map(head => odd(head, ['sha', 'commit.committer.date']));
        }
        if (id === '')
          return url.searchParams.get('path') === tenantPath(target) ? items(body) : body;
        return isOwn() ? odd(body) : body;
      case 'pulls':
        return odd(body);
      default:
        return body;
    }
  }

  async function commit(version: string): Promise<void> {
    const head = github.commit(
      { [tenantPath(target)]: tenantFile(target, version) },
      { pullRequest: 9, author: 'renovate[bot]', mergedBy: 'jdoe' },
    );
    github.commits.splice(firstCommits, github.commits.length - firstCommits - keptCommits);
    index.refresh();
    const isTaken = () => index.knownHead === head;
    for (let tries = 0; tries < 5_000 && !isTaken(); tries += 1) await delay(1);
    expect(index.knownHead).toBe(head);
  }

  beforeAll(async () => {
    await github.start();
    [target, ...others].forEach((tenant, number) =>
      github.commit(
        { [tenantPath(tenant)]: tenantFile(tenant, 'sha-1') },
        { pullRequest: number + 1, author: 'Ada' },
      ),
    );
    ({ index } = startDesiredIndex(github));
    const isRead = () =>
      others.every(
        tenant => ofTenant(tenant) && index.state(ofTenant(tenant)!).change?.pullRequest,
      );
    await eventually(isRead, true);
    baseline = await what();
  });

  afterAll(async () => {
    await index.stop();
    await github.stop();
  });

  it(`cost their own tenant at most what they say: ${count} mutated answers`, async () => {
    expect(baseline.match(/"pullRequest"/g)).toHaveLength(2 * others.length);
    github.rewrite = mutateOwn;
    for (let round = 0; mutated < count; round += 1) {
      await commit(`sha-${round}`);
      expect(await what()).toBe(baseline);
      const own = ofTenant(target);
      // An entry of the tree that says nothing of a file leaves none.
      if (own) {
        index.state(own);
        releaseMarkers(releaseHistory(await index.history(own, 10)));
      }
    }
    github.rewrite = undefined;
    await commit('sha-good');
    expect(ofTenant(target)).toMatchObject({ problems: [], file: { image: { tag: 'sha-good' } } });
  });

  it('are told from a Git that does not answer', async () => {
    await commit('sha-next');
    const own = ofTenant(target)!;
    github.rewrite = (url, body) => (/\/(?:contents|pulls)\b/.test(url.pathname) ? ['odd'] : body);
    await commit('sha-odd');
    // A commit that nothing is known of has changed something.
    expect(await index.history(ofTenant(target)!, 10)).toEqual(
      expect.arrayContaining([expect.objectContaining({ commit: own.head.head })]),
    );
    github.rewrite = undefined;
    github.fault = { fault: { kind: 'html' }, path: /\/(?:contents|pulls)\b/ };
    await expect(index.contentAt(ofTenant('tenant-b')!, 'e'.repeat(40))).rejects.toMatchObject({
      errorClass: 'bad-answer',
    });
    github.fault = undefined;
  });
});
