import { parseCommit } from './commitFacts';

const parse = (text: string | Buffer) => parseCommit('1'.repeat(40), Buffer.from(text));
const head = `tree ${'2'.repeat(40)}
parent ${'3'.repeat(40)}
parent ${'4'.repeat(40)}
author Ada Lin <ada@example.com> 1767225600 +0100
committer GitHub <noreply@github.com> 1767225660 +0000
gpgsig -----BEGIN PGP SIGNATURE-----
 author Eve <eve@example.com> 1 +0000
 -----END PGP SIGNATURE-----
`;

it('reads who made a commit, when, from which, and why', () => {
  const message =
    'Bump\n\nWhy.\n\nCo-authored-by: Bo <bo@example.com>\nco-authored-by: <c@example.com>\n';
  expect(parse(`${head}\n${message}`)).toEqual({
    sha: '1'.repeat(40),
    parents: ['3'.repeat(40), '4'.repeat(40)],
    author: { name: 'Ada Lin', email: 'ada@example.com' },
    authoredAt: '2026-01-01T00:00:00.000Z',
    committer: { name: 'GitHub', email: 'noreply@github.com' },
    committedAt: '2026-01-01T00:01:00.000Z',
    coAuthors: [
      { name: 'Bo', email: 'bo@example.com' },
      { name: 'c@example.com', email: 'c@example.com' },
    ],
    message: message.trimEnd(),
  });
});

it.each([
  ['no time', 'author A <a@b>', 'A', '1970-01-01T00:00:00.000Z'],
  [
    'a time that no calendar has',
    'author A <a@b> 99999999999999999 +0000',
    'A',
    '1970-01-01T00:00:00.000Z',
  ],
  ['no name', 'author <a@b> 1 +0000', 'a@b', '1970-01-01T00:00:01.000Z'],
  ['nothing', 'author ', 'unknown', '1970-01-01T00:00:00.000Z'],
])('takes an author with %s', (_, line, name, at) => {
  const { author, authoredAt } = parse(`${line}\n\nx`);
  expect([author.name, authoredAt]).toEqual([name, at]);
});

it('reads a commit in the encoding that it names', () => {
  const bytes = Buffer.from(
    'author J\xfcrgen <j@b> 1 +0000\nencoding ISO-8859-1\n\nf\xfcr',
    'latin1',
  );
  expect(parse(bytes)).toMatchObject({ author: { name: 'Jürgen' }, message: 'für' });
  const odd = Buffer.from('author J\xfcrgen <j@b> 1 +0000\nencoding none-such\n\nf\xfcr', 'latin1');
  expect(parse(odd)).toMatchObject({ author: { name: 'Jürgen' }, message: 'für' });
});

it('takes a commit without a message', () => {
  expect(parse(head)).toMatchObject({ message: '', coAuthors: [] });
});
