/** A person as people call them: `ada` for `user:default/ada`; anything else stays as it is. */
export function personName(ref: string): string {
  return ref.replace(/^user:(?:default\/)?(?=.)/, '');
}
