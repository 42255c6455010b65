/** A source cannot be rendered; the message is what Argo CD's repo-server says, without its RPC prefix. */
export class RenderError extends Error {
  override name = 'RenderError';

  /** @param reason - the same without Argo CD's words round it */
  constructor(message: string, readonly reason = message) {
    super(message);
  }
}
