/** Who writes, and whether for real. */
export interface WriteOptions {
  /** Field manager: the name in metadata.managedFields. */
  manager: string;
  /** Do everything but store it. */
  dryRun?: boolean;
  /** Write to the status alone, or as the scheduler does: to a pod's node and status; everything else stays. */
  subresource?: 'status' | 'binding';
  /** The change has settled managedFields itself (server-side apply). */
  ownershipSettled?: boolean;
}
