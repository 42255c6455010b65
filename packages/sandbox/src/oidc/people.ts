/** Somebody who can prove at the issuer who they are. What the portal lets them do is the portal's business. */
export interface Person {
  /** Name of the account, and the `sub` claim. */
  login: string;
  name: string;
  /** The portal finds the person's catalog entity by it. */
  email: string;
  /** Why one would choose this person, for the page. */
  part: string;
}

/** Everybody whom the issuer knows. */
export const people: readonly Person[] = [
  {
    login: 'ada',
    name: 'Ada Okafor',
    email: 'ada@acme.example',
    part: 'platform engineer: sees and does everything',
  },
  {
    login: 'otto',
    name: 'Otto Brandt',
    email: 'otto@acme.example',
    part: 'owner of tenant-a',
  },
  {
    login: 'berta',
    name: 'Berta Lindqvist',
    email: 'berta@globex.example',
    part: 'owner of tenant-b',
  },
  {
    login: 'dev',
    name: 'Dev Anand',
    email: 'dev@acme.example',
    part: 'developer of demo-api, without a tenant',
  },
  {
    login: 'carl',
    name: 'Carl Weiss',
    email: 'carl@acme.example',
    part: 'left the company: has an account here still, but is no longer in the catalog',
  },
];

/** Finds a person by the name of the account. */
export function personByLogin(login: string): Person | undefined {
  return people.find(person => person.login === login);
}
