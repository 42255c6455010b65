import { createSource } from '../testing/fixtures';
import { emptyFleetSentence } from './emptyFleet';
import type { Fleet } from './fleet';

const empty: Fleet = { rows: [], totalItems: 0, complete: true, sources: [] };
const notice = (code: 'NO_TENANTS' | 'NONE_VISIBLE' | 'NONE_MATCH') => ({ code, text: 'Why.' });
const git = createSource({ kind: 'git', state: 'down' });

describe('emptyFleetSentence', () => {
  it.each<[string, Partial<Fleet>, boolean, boolean, string]>([
    [
      'the server says so',
      { notice: notice('NO_TENANTS') },
      false,
      false,
      'There are no tenants yet.',
    ],
    [
      'there may be others',
      { notice: notice('NONE_VISIBLE') },
      false,
      false,
      'You see no tenants here.',
    ],
    [
      'others are there',
      { notice: notice('NONE_MATCH') },
      false,
      false,
      'You see no tenants here.',
    ],
    ['the server says nothing', {}, false, false, 'You see no tenants here.'],
    [
      'Git is away',
      { notice: notice('NO_TENANTS') },
      true,
      false,
      'Nobody knows now which tenants there are.',
    ],
    [
      'the portal is away',
      { notice: notice('NO_TENANTS') },
      false,
      true,
      'Nobody knows now which tenants there are.',
    ],
    ['no row can be read', { unreadable: 2 }, false, false, 'None of 2 rows can be read.'],
    [
      'the only row cannot be read',
      { unreadable: 1 },
      false,
      false,
      'The only row cannot be read.',
    ],
    ['rows are on their way', { complete: false }, false, false, 'The tenants are on their way.'],
  ])('says why there is none: %s', (_, part, isGitDown, isFailing, expected) => {
    const sources = isGitDown ? [git] : [];
    expect(emptyFleetSentence({ ...empty, ...part }, sources, isFailing)).toBe(expected);
  });
});
