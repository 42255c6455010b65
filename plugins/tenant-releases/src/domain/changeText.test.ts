import { changeText, personText } from './changeText';

const version = 'sha-1a2b3c4';
const source = { commit: 'c', title: 'feat: answer faster', author: 'Lin Zhao' };
const bump = {
  version,
  author: 'github-actions[bot]',
  pullRequest: { number: 142, url: 'u', title: 'Bump demo-api to sha-1a2b3c4', mergedBy: 'Ada' },
};

describe('changeText', () => {
  it.each([
    [
      'lets the commit of the version speak for what a program proposed',
      { ...bump, source },
      { title: 'feat: answer faster', who: 'Lin Zhao, merged by Ada' },
    ],
    [
      'lets a person speak for what they wrote',
      {
        ...bump,
        author: 'Otto',
        pullRequest: { ...bump.pullRequest, title: 'Roll back tenant-a: errors' },
        source,
      },
      { title: 'Roll back tenant-a: errors', who: 'Otto, merged by Ada' },
    ],
    [
      'lets the commit speak for a bump that a person opened',
      { ...bump, author: 'Otto', source },
      { title: 'feat: answer faster', who: 'Lin Zhao, merged by Ada' },
    ],
    [
      'goes by the pull request where no commit is known',
      bump,
      {
        title: 'Bump demo-api to sha-1a2b3c4',
        who: 'merged by Ada, written by github-actions (bot)',
      },
    ],
    [
      'knows the commit before the history is read',
      { version, source },
      { title: 'feat: answer faster', who: 'Lin Zhao' },
    ],
    [
      'names nobody whom Git does not name',
      { ...bump, pullRequest: undefined, source: { commit: 'c', title: '' } },
      { title: 'commit without a message' },
    ],
    [
      'marks a program that wrote the commit',
      { version, source: { ...source, isBot: true as const } },
      {
        title: 'feat: answer faster',
        who: 'Lin Zhao (bot)',
      },
    ],
    ['says nothing while nothing is known', { version }, {}],
  ])('%s', (_, change, expected) => {
    expect(changeText(change)).toEqual(expected);
  });
});

describe('personText', () => {
  it.each([
    ['who wrote the commit of a bump', { ...bump, source }, 'Lin Zhao'],
    ['who merged what a program wrote', bump, 'Ada'],
    ['who wrote a roll-back', { ...bump, author: 'Otto' }, 'Otto'],
    [
      'the program where no person is known',
      { ...bump, pullRequest: undefined },
      'github-actions (bot)',
    ],
    ['nobody while nothing is known', { version }, undefined],
  ])('is %s', (_, change, person) => {
    expect(personText(change)).toBe(person);
  });
});
