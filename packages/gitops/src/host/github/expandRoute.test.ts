import { expandRoute } from './expandRoute';

describe('expandRoute', () => {
  it('puts each parameter in as one segment and leaves the others', () => {
    const parameters = { owner: 'acme', ref: 'heads/a b?c', sha: 'x', force: false };
    expect(expandRoute('PATCH /repos/{owner}/git/refs/{ref}', parameters)).toEqual({
      method: 'PATCH',
      path: '/repos/acme/git/refs/heads%2Fa%20b%3Fc',
      rest: { sha: 'x', force: false },
    });
    expect(parameters).toHaveProperty('owner');
  });

  it.each([
    [{ owner: '..' }],
    [{ owner: '' }],
    [{}],
    [{ owner: undefined }],
    [{ owner: '\ud800' }],
  ])('refuses %j for a segment', parameters => {
    expect(() => expandRoute('GET /repos/{owner}', parameters)).toThrow(/is no name$/);
  });
});
