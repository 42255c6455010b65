import { ResponseError } from '@backstage/errors';
import { describeError } from './describeError';
import { UnreadableAnswerError } from './UnreadableAnswerError';

async function refusal(status: number, message = 'because of a reason'): Promise<Error> {
  const body = { error: { name: 'SomeError', message }, response: { statusCode: status } };
  return ResponseError.fromResponse(
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json' },
    }),
  );
}

describe('describeError', () => {
  it.each([
    [400, 'The portal did not accept this', 'because of a reason', false],
    [401, 'You are signed out', 'Sign in', true],
    [403, 'You may not see this', 'platform team', false],
    [404, 'Not found', 'may not see', true],
    [429, 'Too many requests', 'slow down', true],
    [500, 'The portal failed', 'log', true],
    [503, 'Not available now', 'because of a reason', true],
  ])('of a %d', async (status, title, text, retry) => {
    expect(describeError(await refusal(status))).toEqual({
      title,
      text: expect.stringContaining(text),
      retry,
    });
  });

  it('keeps the text of a failed server to itself', async () => {
    const error = await refusal(500, 'connect ECONNREFUSED 10.0.0.1:5432');
    expect(describeError(error).text).not.toContain('10.0.0.1');
  });

  it('of other failures', () => {
    expect(describeError(new UnreadableAnswerError('x')).title).toBe('The answer cannot be read');
    expect(describeError(new TypeError('Failed to fetch')).title).toBe(
      'The portal cannot be reached',
    );
  });
});
