import { people, personByLogin } from '../../people';
import { owner } from '../../model/hosted';
import { nodeId, type Links } from '../links';

const templates: Record<string, string> = {
  followers_url: '/followers',
  following_url: '/following{/other_user}',
  gists_url: '/gists{/gist_id}',
  starred_url: '/starred{/owner}{/repo}',
  subscriptions_url: '/subscriptions',
  organizations_url: '/orgs',
  repos_url: '/repos',
  events_url: '/events{/privacy}',
  received_events_url: '/received_events',
};

/** When every account was made; the forge keeps no such time. */
const firstDay = '2026-01-01T00:00:00Z';

/**
 * GitHub's "simple user".
 *
 * @see https://docs.github.com/en/rest/users/users
 */
export function presentUser(links: Links, login: string) {
  const url = `${links.api}/users/${encodeURIComponent(login)}`;
  const index = people.findIndex(person => person.login === login);
  const id = login === owner ? 100 : index + 1;
  const kind = login === owner ? 'Organization' : personByLogin(login)?.type ?? 'User';
  const urls = Object.entries(templates).map(([key, path]) => [key, `${url}${path}`]);
  return {
    login,
    id,
    node_id: nodeId('U', id),
    avatar_url: `${links.url}/avatars/${encodeURIComponent(login)}.svg`,
    gravatar_id: '',
    url,
    html_url: `${links.url}/${encodeURIComponent(login)}`,
    ...Object.fromEntries(urls),
    type: kind,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** The account that a commit's address belongs to; null when it is nobody's, as GitHub says it. */
export function presentCommitUser(links: Links, login: string | undefined) {
  return login === undefined ? null : presentUser(links, login);
}

/** An account's own page of the API: what a list of accounts leaves out. */
export function presentProfile(links: Links, login: string, repositories: number) {
  const person = personByLogin(login);
  return {
    ...presentUser(links, login),
    name: person?.name ?? login,
    email: person?.email ?? null,
    company: null,
    blog: '',
    location: null,
    hireable: null,
    bio: null,
    public_repos: repositories,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: firstDay,
    updated_at: firstDay,
  };
}
