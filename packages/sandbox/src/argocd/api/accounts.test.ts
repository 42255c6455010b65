import { IncomingMessage } from 'node:http';
import { Accounts } from './accounts';

const accounts = new Accounts({ readOnly: 'reader', admin: 'boss' }, '2026-11-23T10:00:00Z');
const authenticate = (authorization?: string) =>
  accounts.authenticate({ headers: { authorization } } as IncomingMessage);

it('knows its own tokens', () => {
  expect(authenticate('Bearer reader')).toEqual({ name: 'backstage', admin: false });
  expect(authenticate('Bearer boss')).toEqual({ name: 'admin', admin: true });
});

it.each<[string, string | undefined, string]>([
  ['nothing', undefined, 'no session information'],
  ['another scheme', 'Basic reader', 'no session information'],
  ['what has not the form of a token', 'Bearer nonsense', 'no session information'],
  ['two parts', 'Bearer a.b', 'no session information'],
  [
    'too many parts',
    'Bearer a.b.c.d',
    'invalid session: token is malformed: token contains an invalid number of segments',
  ],
  [
    'a malformed token',
    'Bearer a.b.c',
    'invalid session: token is malformed: could not base64 decode header: illegal base64 data at input byte 0',
  ],
])('refuses %s as the real one does', (_, authorization, message) => {
  expect(() => authenticate(authorization)).toThrow(message);
});
