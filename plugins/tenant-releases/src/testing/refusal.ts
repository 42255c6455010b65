import { ResponseError } from '@backstage/errors';

/** What the client rejects with when the backend refuses. */
export function createRefusal(status: number, message = 'a reason'): Promise<Error> {
  const body = { error: { name: 'SomeError', message }, response: { statusCode: status } };
  return ResponseError.fromResponse(
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json' },
    }),
  );
}
