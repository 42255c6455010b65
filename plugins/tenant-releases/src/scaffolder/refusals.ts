import { ResponseError } from '@backstage/errors';

/** What the server has against the answers, a sentence each; each begins with its field where it is about one. */
export function refusalsOf(error: Error): string[] {
  const message = error instanceof ResponseError ? error.body.error.message : error.message;
  return (
    message
      .replace(/^The tenant cannot be onboarded\. /, '')
      // A sentence of the server's that is about a field begins with it.
      .split(/\. (?=\w+: )/)
      .map(text => text.trim())
      .filter(text => text !== '')
  );
}
