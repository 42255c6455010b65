import { statusError, toUpstreamError, UpstreamError } from './UpstreamError';

describe('statusError', () => {
  it.each([200, 204, 299, 304])('has none for %d', status => {
    expect(statusError(status, { 'retry-after': '7' })).toBeUndefined();
  });

  it.each<[status: number, headers: Record<string, string>, errorClass: string, retry?: number]>([
    [0, {}, 'bad-answer'],
    [199, {}, 'bad-answer'],
    [300, {}, 'bad-answer'],
    [400, {}, 'bad-answer'],
    [401, { 'retry-after': '7' }, 'unauthorized'],
    [403, {}, 'forbidden'],
    [403, { 'x-ratelimit-remaining': '1' }, 'forbidden'],
    [403, { 'x-ratelimit-remaining': '0' }, 'rate-limited'],
    [403, { 'retry-after': '60' }, 'rate-limited', 60],
    [403, { 'retry-after': '99999999' }, 'rate-limited', 3_600],
    [404, { 'x-ratelimit-remaining': '0' }, 'not-found'],
    [429, {}, 'rate-limited'],
    [429, { 'retry-after': '0' }, 'rate-limited'],
    [429, { 'retry-after': '-1' }, 'rate-limited'],
    [429, { 'retry-after': 'Infinity' }, 'rate-limited'],
    [429, { 'retry-after': 'Mon, 23 Nov 2026 12:00:00 GMT' }, 'rate-limited'],
    [429, { 'retry-after': '7' }, 'rate-limited', 7],
    [499, {}, 'bad-answer'],
    [500, {}, 'server-error'],
    [503, { 'retry-after': '7' }, 'server-error'],
  ])('%d with %j is %s', (status, headers, errorClass, ...[retryAfterSeconds]) => {
    const error = statusError(status, headers);
    expect(error).toMatchObject({ name: 'UpstreamError', errorClass, retryAfterSeconds });
    expect(error?.message).toBe(`answered ${status}`);
    expect(error?.refusal).toEqual({ status, text: '' });
  });
});

describe('statusError of a limit without a time', () => {
  it.each([
    [403, 'You have exceeded a secondary rate limit.', 'rate-limited', 60],
    [403, 'API rate limit exceeded for user ID 1.', 'rate-limited', 60],
    [403, 'You have triggered an abuse detection mechanism.', 'rate-limited', 60],
    [403, 'Resource not accessible by personal access token', 'forbidden', undefined],
    [403, 'Resource protected by organization SAML enforcement.', 'forbidden', undefined],
    [429, 'no', 'rate-limited', 60],
    [500, 'rate limit', 'server-error', undefined],
  ])('of %d "%s" is %s', (status, message, errorClass, retryAfterSeconds) => {
    const error = statusError(status, {}, JSON.stringify({ message }), 60);
    expect(error).toMatchObject({ errorClass, retryAfterSeconds });
  });
});

describe('statusError of a limit that is used up', () => {
  const at = (seconds: number) => String(Math.floor(Date.now() / 1000) + seconds);

  it.each([
    ['0', at(600), expect.closeTo(600, -1)],
    ['0', at(-5), undefined],
    ['0', 'soon', undefined],
    ['1', at(600), undefined],
  ])('with %s left until %s asks to wait %s seconds', (remaining, reset, seconds) => {
    const headers = { 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': reset };
    expect(statusError(403, headers)?.retryAfterSeconds).toEqual(seconds);
  });
});

describe('toUpstreamError', () => {
  const coded = (code: string) => Object.assign(new Error('connect 10.0.0.1:443'), { code });

  it.each<[what: string, thrown: unknown, errorClass: string, message: string]>([
    ['a time-out of the connection', coded('ETIMEDOUT'), 'timeout', 'no answer in time'],
    ['a time-out of the socket', coded('ESOCKETTIMEDOUT'), 'timeout', 'no answer in time'],
    ['a refusal', coded('ECONNREFUSED'), 'unreachable', 'connection failed: ECONNREFUSED'],
    ['an unknown name', coded('ENOTFOUND'), 'unreachable', 'connection failed: ENOTFOUND'],
    [
      'a bad certificate',
      coded('CERT_HAS_EXPIRED'),
      'unreachable',
      'connection failed: CERT_HAS_EXPIRED',
    ],
    [
      'a mistake of ours',
      new TypeError('x is not a function'),
      'bad-answer',
      'x is not a function',
    ],
    ['what is no error', 'oops', 'bad-answer', 'oops'],
  ])('takes %s for what it is, and names no address', (_, thrown, errorClass, message) => {
    expect(toUpstreamError(thrown)).toMatchObject({ name: 'UpstreamError', errorClass, message });
  });

  it('leaves one of its own as it is', () => {
    const error = new UpstreamError('rate-limited', 'answered 429', 7);
    expect(toUpstreamError(error)).toBe(error);
  });
});
