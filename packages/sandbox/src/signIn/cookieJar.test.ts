import { CookieJar } from './cookieJar';

const jarWith = (...cookies: string[]) => {
  const jar = new CookieJar();
  for (const cookie of cookies) {
    jar.take(new URL('http://localhost:7007/start'), new Headers({ 'set-cookie': cookie }));
  }
  return jar;
};

describe('CookieJar', () => {
  it.each<[string, string[], string, string]>([
    ['the host and the path', ['a=1; Path=/api'], 'http://localhost:7007/api/x', 'a=1'],
    ['the path itself', ['a=1; Path=/api'], 'http://localhost:7007/api', 'a=1'],
    ['no other host', ['a=1'], 'http://localhost:7108/', ''],
    ['no other path', ['a=1; Path=/api'], 'http://localhost:7007/apis', ''],
    ['the last value', ['a=1', 'a=2; HttpOnly'], 'http://localhost:7007/', 'a=2'],
    ['a value with =', ['a=b=c'], 'http://localhost:7007/', 'a=b=c'],
    ['no cookie that was taken back', ['a=1', 'a=; Max-Age=0'], 'http://localhost:7007/', ''],
    [
      'none that has expired',
      ['a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
      'http://localhost:7007/',
      '',
    ],
    ['several', ['a=1', 'b=2'], 'http://localhost:7007/', 'a=1; b=2'],
  ])('sends to %s', (_, cookies, url, expected) => {
    expect(jarWith(...cookies).header(new URL(url))).toBe(expected);
  });
});
