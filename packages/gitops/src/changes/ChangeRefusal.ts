/** A change is refused; the message says why and what to do. */
export class ChangeRefusal extends Error {
  override name = 'ChangeRefusal';
}
