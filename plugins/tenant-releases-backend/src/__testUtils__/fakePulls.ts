/** A pull request of a {@link FakeGithub}, with what is asked of it one by one. */
export interface FakePull {
  number: number;
  head: string;
  /** Commit of the branch. */
  sha: string;
  title?: string;
  body?: string;
  state?: 'open' | 'closed';
  mergedAt?: string;
  draft?: boolean;
  /** `null`: of a fork that was deleted. */
  repository?: string | null;
  base?: string;
  mergeable?: boolean | null;
  reviews?: Array<[login: string, state: string]>;
  /** Conclusion by name; `undefined` while it runs. */
  checks?: Record<string, string | undefined>;
  statuses?: Record<string, string>;
}

const address = 'https://git.example.com/acme/platform';

/** The answer to a path below the repository; undefined when it is for nobody here. */
export function answerPulls(
  pulls: readonly FakePull[],
  route: string,
  query: URLSearchParams,
): unknown {
  if (route === 'pulls') return listOf(pulls, query);
  const [, number, rest] = /^pulls\/(\d+)(\/reviews)?$/.exec(route) ?? [];
  const pull = pulls.find(one => String(one.number) === number);
  if (pull && rest) {
    return (pull.reviews ?? []).map(([login, state]) => ({ user: { login }, state }));
  }
  if (pull) return { ...toPull(pull), mergeable: pull.mergeable ?? null };
  const [, sha, kind] = /^commits\/([0-9a-f]{40})\/(check-runs|status)$/.exec(route) ?? [];
  const checked = pulls.find(one => one.sha === sha);
  if (!checked) return undefined;
  return kind === 'status'
    ? {
        statuses: Object.entries(checked.statuses ?? {}).map(([context, state]) => ({
          context,
          state,
        })),
      }
    : {
        check_runs: Object.entries(checked.checks ?? {}).map(([name, conclusion]) => ({
          name,
          status: conclusion ? 'completed' : 'in_progress',
          conclusion: conclusion ?? null,
        })),
      };
}

function listOf(pulls: readonly FakePull[], query: URLSearchParams): object[] {
  const page = Number(query.get('page') ?? 1);
  const perPage = Number(query.get('per_page') ?? 30);
  return pulls
    .filter(({ state = 'open' }) => state === query.get('state'))
    .filter(({ base = 'main' }) => base === query.get('base'))
    .slice((page - 1) * perPage, page * perPage)
    .map(toPull);
}

function toPull(pull: FakePull): object {
  const { number, title = `Pull request ${number}`, repository = 'acme/platform' } = pull;
  const closedAt = pull.state === 'closed' ? pull.mergedAt ?? '2026-01-02T00:00:00Z' : null;
  return {
    number,
    html_url: `${address}/pull/${number}`,
    title,
    body: pull.body ?? null,
    draft: pull.draft ?? false,
    created_at: '2026-01-01T00:00:00Z',
    closed_at: closedAt,
    merged_at: pull.mergedAt ?? null,
    head: { ref: pull.head, sha: pull.sha, repo: repository && { full_name: repository } },
    base: { ref: pull.base ?? 'main', repo: { full_name: 'acme/platform' } },
  };
}
