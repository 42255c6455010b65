/**
 * What people call a ring: `Ring 0, canary`.
 *
 * @param name - as the policy has it; absent when it does not name the ring
 */
export function ringName(ring: number, name?: string): string {
  if (ring < 0) return 'No ring';
  return name ? `Ring ${ring}, ${name}` : `Ring ${ring}`;
}
