/** Somebody who writes to the forge. */
export interface Person {
  /** Name of the account, as GitHub writes it. */
  login: string;
  /** Name on commits. */
  name: string;
  /** Address on commits; it is what ties a commit to the account. */
  email: string;
  /** GitHub's kind of account. */
  type: 'User' | 'Bot';
}

/** The account that the portal's token belongs to. */
export const portalBot: Person = {
  login: 'portal-bot',
  name: 'Portal',
  email: 'portal-bot@acme.example',
  type: 'User',
};

/** Everybody whom the forge knows. */
export const people: readonly Person[] = [
  { login: 'ada', name: 'Ada Okafor', email: 'ada@acme.example', type: 'User' },
  { login: 'otto', name: 'Otto Brandt', email: 'otto@acme.example', type: 'User' },
  { login: 'berta', name: 'Berta Lindqvist', email: 'berta@acme.example', type: 'User' },
  { login: 'dev', name: 'Dev Anand', email: 'dev@acme.example', type: 'User' },
  { login: 'lin', name: 'Lin Zhao', email: 'lin@acme.example', type: 'User' },
  {
    login: 'github-actions[bot]',
    name: 'github-actions[bot]',
    email: '41898282+github-actions[bot]@users.noreply.github.com',
    type: 'Bot',
  },
  portalBot,
];

/** The accounts that have a token of their own, see {@link personalToken}. */
export const tokenHolders = ['ada', 'otto', 'berta', 'dev', 'github-actions[bot]'] as const;

/** The token with which a person (or CI) acts on the forge. */
export function personalToken(login: (typeof tokenHolders)[number]): string {
  return `sandbox-forge-${login}`;
}

/** Finds an account by its login. */
export function personByLogin(login: string): Person | undefined {
  return people.find(person => person.login === login);
}

/** Finds the account behind a commit's address, as GitHub does. */
export function personByEmail(email: string): Person | undefined {
  const wanted = email.toLowerCase();
  return people.find(person => person.email.toLowerCase() === wanted);
}
